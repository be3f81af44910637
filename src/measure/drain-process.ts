/** The process that takes what tasks send. Program: started by drain.ts, pinned, one for all samples of a run. */
import { createHash } from 'node:crypto';
import { accept, type Descriptor, EINTR, listen, Mapping, Meter, recv, SyscallError, send, setTimeouts } from '#libc';
import { answerQuestions } from '#machine/answering.ts';
import { addressFor, prepare } from '#machine/links.ts';
import { type DrainQuestion, decodeOrder, encodeReceipt, ORDER_BYTES, RECEIPT_BYTES } from './drain-protocol.ts';
import { openReceiving } from './protection.ts';

/** One buffer for every read of every sample, as a consumer would reuse one. Bytes. */
const BUFFER_BYTES = 256 * 1024;
/** No wait of a healthy run comes near it. */
const PATIENCE_MS = 20_000;

const buffer = Mapping.anonymous(BUFFER_BYTES);
const view = buffer.view().fill(1);
const message = Mapping.anonymous(Math.max(ORDER_BYTES, RECEIPT_BYTES));
const meter = new Meter();
let listener: Descriptor | undefined;

await answerQuestions<DrainQuestion>((question) => {
  if (question.do === 'serve') return serve();
  const { socket, address } = listen(addressFor(question.link));
  // Accepted sockets inherit the listener's options.
  prepare(socket.fd, question.link, question.congestion);
  listener = socket;
  return { address };
});

/** Takes one connection after the other until the process is ended. A sender that leaves early ends its own sample only. */
function serve(): never {
  if (!listener) throw new Error('Cannot serve: nothing listens yet, ask to listen first');
  for (;;) {
    using socket = accept(listener.fd);
    setTimeouts(socket.fd, PATIENCE_MS);
    while (takeOrder(socket.fd));
  }
}

/** @returns false when the sender has nothing more to say */
function takeOrder(fd: number): boolean {
  if (!receive(fd, message.address, ORDER_BYTES)) return false;
  const order = decodeOrder(message.view());
  using from = openReceiving(fd, order, BUFFER_BYTES);
  if (from === null) return false;
  const hash = order.hash ? createHash('sha256') : null;
  const cpuBefore = meter.cpuNs();
  let receives = 0;
  for (let answer = 0; answer < order.answers; answer++) {
    if (order.asking && send(fd, message.address, 1) !== 1) return false;
    for (let left = order.bytes; left > 0; receives++) {
      const got = from.receive(buffer.address, Math.min(left, BUFFER_BYTES));
      if (got === -EINTR) continue;
      if (got <= 0) return false;
      hash?.update(view.subarray(0, got));
      left -= got;
    }
  }
  const cpuNs = meter.cpuNs() - cpuBefore;
  encodeReceipt({ cpuNs, receives, sha256: hash?.digest('hex') ?? '' }, message.view().fill(0));
  return send(fd, message.address, RECEIPT_BYTES) === RECEIPT_BYTES;
}

/** Receives exactly `count` bytes. @returns false when the peer has finished or was given up on */
function receive(fd: number, address: number, count: number): boolean {
  for (let got = 0; got < count; ) {
    const more = recv(fd, address + got, count - got);
    if (more === -EINTR) continue;
    if (more < 0 && got > 0) throw new SyscallError('recv', -more);
    if (more <= 0) return false;
    got += more;
  }
  return true;
}
