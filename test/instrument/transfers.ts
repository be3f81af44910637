/** A file to a socket, by the project's movers and its blocking loop, as src/measure/sender.ts runs them. */
import { type Address, connect, finishSending, fstat, Mapping, open, recv, setTimeouts } from '#libc';
import { prepare } from '#machine/links.ts';
import { sendBlocking } from '#transfer/blocking-loop.ts';
import type { Technique } from '#transfer/mover.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';
import { type Loop, meter, type Outcome, type Question } from './loops.ts';

const PATIENCE_MS = 20_000;
const acknowledgement = Mapping.anonymous(8);

export const readWriteLoop: Loop = (question) => transfer(question, readWrite);
export const sendfileLoop: Loop = (question) => transfer(question, sendfile);

/**
 * Sends `operations` times `bytes`, from the start of the file again whenever it ends, and waits for the byte by which
 * the receiver says that it has everything.
 */
function transfer({ bytes, operations, path, port, congestion }: Question, technique: Technique): Outcome {
  const address: Address = { family: 'inet', port };
  using file = open(path);
  using socket = connect(address, (fd) => prepare(fd, 'tcp', congestion));
  setTimeouts(socket.fd, PATIENCE_MS);
  const source = { fd: file.fd, bytes: fstat(file.fd).size };
  const total = operations * bytes;

  const before = meter.cpuNs();
  const calls = send(technique, source, socket, bytes, total);
  const acknowledged = recv(socket.fd, acknowledgement.address, 1);
  const cpuNs = meter.cpuNs() - before;

  if (acknowledged !== 1)
    throw new Error(`the receiver did not acknowledge the transfer by '${technique.id}' (${acknowledged})`);
  return { cpuNs, calls, answer: total };
}

function send(
  technique: Technique,
  source: { fd: number; bytes: number },
  socket: { fd: number },
  chunk: number,
  total: number,
): number {
  using mover = technique.open(source, socket, chunk);
  for (let left = total; left > 0; left -= source.bytes) {
    sendBlocking(mover, socket, 0, Math.min(left, source.bytes), PATIENCE_MS);
  }
  finishSending(socket.fd);
  return Object.values(mover.calls).reduce((sum, count) => sum + count, 0);
}
