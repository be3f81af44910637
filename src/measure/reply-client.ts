/**
 * A client that asks at a fixed rate and times each reply from the start that was planned for its request: one that has to
 * wait for a slow reply before it was late on its way already, and that counts. Program: started by replies.ts, pinned.
 */
import { createHash } from 'node:crypto';
import { connect, Mapping, Meter, MSG_WAITALL, recv, SyscallError, send, setTimeouts } from '#libc';
import { answerQuestions } from '#machine/answering.ts';
import { prepare } from '#machine/links.ts';
import { randomFrom } from './random.ts';
import { type AskAnswer, type AskQuestion, REQUEST_BYTES } from './reply-protocol.ts';

const PATIENCE_MS = 20_000;
/** Requests before the first that is timed: the connection and the code are warm then. */
const WARM_UP = 50;
/** Replies start where a page of the file does: at which bytes of a page they start is another question. */
const PAGE_BYTES = 4096;
/** After the last warm-up request, ns. */
const HEAD_START_NS = 1e6;

const meter = new Meter();

await answerQuestions<AskQuestion>(ask);

function ask({ address, congestion, requests, bytes, fileBytes, intervalNs, seed }: AskQuestion): AskAnswer {
  using socket = connect(address, (fd) => prepare(fd, 'tcp', congestion));
  setTimeouts(socket.fd, PATIENCE_MS);
  using request = Mapping.anonymous(REQUEST_BYTES);
  using reply = Mapping.anonymous(bytes);
  const offset = request.view();
  const received = reply.view();
  const random = randomFrom(seed);
  const pages = Math.floor((fileBytes - bytes) / PAGE_BYTES) + 1;
  const offsets = Array.from({ length: WARM_UP + requests }, () => Math.floor(random() * pages) * PAGE_BYTES);
  const hash = createHash('sha256');
  const latenciesNs: number[] = new Array(requests).fill(0);

  const exchange = (number: number): void => {
    offset.writeDoubleLE(offsets[number] as number, 0);
    send(socket.fd, request.address, REQUEST_BYTES);
    for (let got = 0; got < bytes; ) {
      const result = recv(socket.fd, reply.address + got, bytes - got, MSG_WAITALL);
      if (result <= 0) throw new SyscallError('recv', -result || 0, `reply ${number}`);
      got += result;
    }
  };

  for (let number = 0; number < WARM_UP; number++) {
    exchange(number);
    hash.update(received);
  }
  const startNs = meter.monotonicNs() + HEAD_START_NS;
  let endNs = startNs;
  for (let number = 0; number < requests; number++) {
    const plannedNs = startNs + number * intervalNs;
    // Spinning, not sleeping: waking up would take longer than what is measured.
    while (meter.monotonicNs() < plannedNs);
    exchange(WARM_UP + number);
    endNs = meter.monotonicNs();
    latenciesNs[number] = endNs - plannedNs;
  }
  return { latenciesNs, wallNs: endNs - startNs, sha256: hash.digest('hex') };
}
