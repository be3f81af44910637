/**
 * The receiving process of a counted transfer. Program. It copies nothing that is not payload while the sender counts: it
 * says that it has everything by closing its half of the connection, and speaks to its parent only when the sender has
 * stopped counting, which it learns from a second connection that ends.
 */
import { createHash } from 'node:crypto';
import { openSync } from 'node:fs';
import {
  type Address,
  accept,
  type Descriptor,
  decryptReceiving,
  EINTR,
  finishSending,
  leaveNetwork,
  listen,
  Mapping,
  MSG_TRUNC,
  openPipe,
  recv,
  SyscallError,
  setTimeouts,
  spliceOut,
} from '#libc';
import { answerQuestions } from '#machine/answering.ts';
import { prepare } from '#machine/links.ts';
import { bringUp } from '#machine/veth.ts';
import type { ReceiverQuestion, TakeAnswer, Taking } from './protocol.ts';

const BUFFER_BYTES = 256 * 1024;
const PATIENCE_MS = 60_000;

const buffer = Mapping.anonymous(BUFFER_BYTES);
const view = buffer.view().fill(1);
const pipe = openPipe(BUFFER_BYTES);
const nowhere = openSync('/dev/null', 'w');
const listeners = new Map<string, Descriptor>();

await answerQuestions<ReceiverQuestion>((question) => {
  switch (question.do) {
    case 'leave-network':
      leaveNetwork();
      return {};
    case 'bring-up':
      bringUp(question.end);
      return {};
    case 'listen':
      return startListening(question.name, question.address, question.congestion);
    case 'take':
      return take(question);
  }
});

function startListening(name: string, wanted: Address, congestion: string): { address: Address } {
  const { socket, address } = listen(wanted);
  prepare(socket.fd, wanted.family === 'unix' ? 'unix' : 'tcp', congestion);
  setTimeouts(socket.fd, PATIENCE_MS);
  listeners.set(name, socket);
  return { address };
}

function take({ name, how, bytes, tls }: Extract<ReceiverQuestion, { do: 'take' }>): TakeAnswer {
  const listener = listeners.get(name);
  if (!listener) throw new Error(`Cannot receive over ${name}: nothing listens there`);
  using data = accept(listener.fd);
  using end = accept(listener.fd);
  for (const { fd } of [data, end]) setTimeouts(fd, PATIENCE_MS);
  if (tls) decryptReceiving(data.fd, tls);
  const hash = how === 'hash' ? createHash('sha256') : null;
  let got = 0;
  while (got < bytes) {
    const part = how === 'splice' ? spliceAway(data.fd) : recv(data.fd, buffer.address, BUFFER_BYTES, flagsOf(how));
    if (part === 0) break;
    if (part === -EINTR) continue;
    if (part < 0) throw new SyscallError('recv', -part);
    hash?.update(view.subarray(0, part));
    got += part;
  }
  finishSending(data.fd);
  recv(end.fd, buffer.address, 1);
  return { bytes: got, hash: hash?.digest('hex') ?? null };
}

function flagsOf(how: Taking): number {
  return how === 'discard' ? MSG_TRUNC : 0;
}

/** From the socket to a pipe and from there to /dev/null: page references all the way. @returns bytes, or a negative errno */
function spliceAway(socket: number): number {
  const got = spliceOut(socket, pipe.writeEnd, BUFFER_BYTES);
  for (let left = got; left > 0; ) {
    const gone = spliceOut(pipe.readEnd, nowhere, left);
    if (gone <= 0) throw new SyscallError('splice', -gone, 'to /dev/null');
    left -= gone;
  }
  return got;
}
