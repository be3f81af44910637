/**
 * A server that answers requests with pieces of a file, one connection at a time. It spins for the next one, as the client
 * does: to wake a processor takes longer, and varies more, than what is measured. Program: started by replies.ts, pinned.
 */
import {
  accept,
  type Descriptor,
  EAGAIN,
  EINTR,
  listen,
  Mapping,
  Meter,
  MSG_DONTWAIT,
  MSG_WAITALL,
  open,
  recv,
  setTimeouts,
} from '#libc';
import { answerQuestions } from '#machine/answering.ts';
import { addressFor, prepare } from '#machine/links.ts';
import { sendBlocking } from '#transfer/blocking-loop.ts';
import { emptyCallNs } from './empty-calls.ts';
import { type Lab, loadLab } from './lab.ts';
import { peakMemory, resetPeakMemory } from './peak-memory.ts';
import { REQUEST_BYTES, type ServeAnswer, type ServerQuestion } from './reply-protocol.ts';

const PATIENCE_MS = 20_000;
/** Bytes asked for in one call; a reply is one call of each path. */
const CHUNK = 64 * 1024;

const meter = new Meter();
const request = Mapping.anonymous(REQUEST_BYTES);
const offset = request.view();
let lab: Lab | undefined;
let listener: Descriptor | undefined;

await answerQuestions<ServerQuestion>(async (question) => {
  if (question.do === 'empty-calls') return { ns: emptyCallNs(meter) };
  if (question.do === 'listen') return startListening(question.congestion);
  lab ??= await loadLab(question.lab);
  return serve(lab, question);
});

function startListening(congestion: string): object {
  const { socket, address } = listen(addressFor('tcp'));
  prepare(socket.fd, 'tcp', congestion);
  setTimeouts(socket.fd, PATIENCE_MS);
  listener = socket;
  return { address };
}

/** Answers until the client leaves. */
function serve(
  { id, senders }: Lab,
  { variant, path, bytes, spin }: Extract<ServerQuestion, { do: 'serve' }>,
): ServeAnswer {
  const technique = senders?.[variant];
  if (!technique || typeof technique === 'function' || !listener)
    throw new Error(`Cannot serve by '${variant}': lab ${id} has no such technique, or nothing listens`);
  using file = open(path);
  using socket = accept(listener.fd);
  setTimeouts(socket.fd, PATIENCE_MS);
  const source = { fd: file.fd, bytes: Number.MAX_SAFE_INTEGER };
  using mover = technique.open(source, socket, CHUNK);
  resetPeakMemory();
  const before = meter.usage();
  const cpuBefore = meter.cpuNs();
  while (isAsked(socket.fd, spin ? MSG_DONTWAIT : MSG_WAITALL))
    sendBlocking(mover, socket, offset.readDoubleLE(0), bytes, PATIENCE_MS);
  const cpuNs = meter.cpuNs() - cpuBefore;
  const after = meter.usage();
  return {
    cpuNs,
    calls: { ...mover.calls },
    minorFaults: after.minorFaults - before.minorFaults,
    majorFaults: after.majorFaults - before.majorFaults,
    voluntarySwitches: after.voluntarySwitches - before.voluntarySwitches,
    involuntarySwitches: after.involuntarySwitches - before.involuntarySwitches,
    peakMemoryBytes: peakMemory(),
  };
}

/** Waits for a request. It is smaller than any segment, so it comes as a whole. @returns false when the client has left */
function isAsked(fd: number, flags: number): boolean {
  for (;;) {
    const got = recv(fd, request.address, REQUEST_BYTES, flags);
    if (got !== -EAGAIN && got !== -EINTR) return got === REQUEST_BYTES;
    if (flags === MSG_WAITALL && got === -EAGAIN) return false;
  }
}
