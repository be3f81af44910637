/** The receiving process of a run. Program: started by transfers.ts, pinned, one for all samples. */
import { createHash } from 'node:crypto';
import {
  accept,
  type Descriptor,
  EINTR,
  listen,
  Mapping,
  Meter,
  MSG_TRUNC,
  recv,
  SyscallError,
  send,
  setTimeouts,
} from '#libc';
import { answerQuestions } from '#machine/answering.ts';
import { addressFor, type Link, prepare } from '#machine/links.ts';
import { bringUp } from '#machine/veth.ts';
import type { ListenAnswer, ReceiveAnswer, ReceiveQuestion } from './protocol.ts';

/** One buffer for every read of every sample, as a consumer would reuse one. Bytes. */
const BUFFER_BYTES = 256 * 1024;
/** No wait of a healthy run comes near it. */
const PATIENCE_MS = 20_000;

const buffer = Mapping.anonymous(BUFFER_BYTES);
const view = buffer.view().fill(1);
const meter = new Meter();
const listeners = new Map<Link, Descriptor>();

await answerQuestions<ReceiveQuestion>((question) => {
  if (question.do === 'receive') return receive(question.link, question.how, question.answerBytes);
  if (question.do === 'listen') return startListening(question.link, question.congestion, question.host);
  bringUp(question.end);
  return {};
});

function startListening(link: Link, congestion: string, host?: string): ListenAnswer {
  const { socket, address } = listen(host === undefined ? addressFor(link) : { family: 'inet', port: 0, host });
  // Accepted sockets inherit the listener's options.
  prepare(socket.fd, link, congestion);
  setTimeouts(socket.fd, PATIENCE_MS);
  listeners.set(link, socket);
  return { address };
}

function receive(link: Link, how: 'copy' | 'discard' | 'hash', answerBytes: number | null = null): ReceiveAnswer {
  const listener = listeners.get(link);
  if (!listener) throw new Error(`Cannot receive over ${link}: nothing listens there`);
  using socket = accept(listener.fd);
  setTimeouts(socket.fd, PATIENCE_MS);
  const hash = how === 'hash' ? createHash('sha256') : null;
  const flags = how === 'discard' ? MSG_TRUNC : 0;
  const cpuBefore = meter.cpuNs();
  let endNs = meter.monotonicNs();
  let bytes = 0;
  let asked = 0;
  for (;;) {
    const got = recv(socket.fd, buffer.address, BUFFER_BYTES, flags);
    if (got === 0) break;
    if (got === -EINTR) continue;
    if (got < 0) throw new SyscallError('recv', -got);
    bytes += got;
    hash?.update(view.subarray(0, got));
    endNs = meter.monotonicNs();
    if (answerBytes && bytes >= asked + answerBytes) {
      asked += answerBytes;
      send(socket.fd, buffer.address, 1);
    }
  }
  const cpuNs = meter.cpuNs() - cpuBefore;
  // Tells the sender that everything is here.
  send(socket.fd, buffer.address, 1);
  return { endNs, cpuNs, bytes, hash: hash?.digest('hex') ?? null };
}
