/** The sending process of a run. Program: started by transfers.ts, pinned, one for all samples. */
import {
  allowTracer,
  connect,
  finishSending,
  Mapping,
  Meter,
  open,
  parentPid,
  recv,
  setNonBlocking,
  setTimeouts,
} from '#libc';
import { answerQuestions } from '#machine/answering.ts';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { prepare } from '#machine/links.ts';
import { layCable, limitRate } from '#machine/veth.ts';
import { sendBlocking } from '#transfer/blocking-loop.ts';
import { sendSlices } from '#transfer/slices.ts';
import { emptyCallNs } from './empty-calls.ts';
import { type Lab, loadLab, type Sender } from './lab.ts';
import { peakMemory, resetPeakMemory } from './peak-memory.ts';
import type {
  AllowAnswer,
  EmptyCallAnswer,
  LayAnswer,
  SendAnswer,
  SendQuestion,
  TransferQuestion,
} from './protocol.ts';

const PATIENCE_MS = 20_000;

const meter = new Meter();
const acknowledgement = Mapping.anonymous(8);
let lab: Lab | undefined;

await answerQuestions<SendQuestion>(async (question) => {
  if (question.do === 'empty-calls') return emptyCalls();
  if (question.do === 'allow-tracing') return allowTracing();
  if (question.do === 'lay-cable') return lay(question);
  lab ??= await loadLab(question.lab);
  const sender = lab.senders?.[question.variant];
  if (!sender) throw new Error(`Cannot send by '${question.variant}': lab ${lab.id} has no such variant`);
  return await sample(sender, question);
});

async function sample(sender: Sender, question: TransferQuestion): Promise<SendAnswer> {
  using file = open(question.path);
  using socket = connect(question.address, (fd) => prepare(fd, question.link, question.congestion));
  setTimeouts(socket.fd, PATIENCE_MS);
  resetPeakMemory();
  const before = meter.usage();
  const cpuBefore = meter.cpuNs();
  const startNs = meter.monotonicNs();

  let calls: Record<string, number> | null = null;
  if (typeof sender === 'function') {
    if (question.slices) throw new Error(`Cannot send slices by '${question.variant}': it is no technique`);
    await sender({ path: question.path, bytes: question.bytes }, socket.duplicate(), question.chunk);
    setNonBlocking(socket.fd, false);
  } else {
    using mover = sender.open({ fd: file.fd, bytes: question.bytes }, socket, question.chunk);
    const { bytes, slices } = question;
    const headers = slices
      ? sendSlices(mover, socket, bytes, slices, () => awaitByte(socket.fd, question), PATIENCE_MS)
      : {};
    if (!slices) sendBlocking(mover, socket, 0, bytes, PATIENCE_MS);
    finishSending(socket.fd);
    calls = { ...mover.calls, ...headers };
  }
  // The receiver says one byte when it has everything: the work for queued bytes belongs to this sample.
  awaitByte(socket.fd, question);

  const cpuNs = meter.cpuNs() - cpuBefore;
  const after = meter.usage();
  return {
    startNs,
    cpuNs,
    calls,
    minorFaults: after.minorFaults - before.minorFaults,
    majorFaults: after.majorFaults - before.majorFaults,
    voluntarySwitches: after.voluntarySwitches - before.voluntarySwitches,
    involuntarySwitches: after.involuntarySwitches - before.involuntarySwitches,
    peakMemoryBytes: peakMemory(),
  };
}

/** @throws {Error} when the receiver says nothing */
function awaitByte(fd: number, { variant }: TransferQuestion): void {
  const got = recv(fd, acknowledgement.address, 1);
  if (got !== 1) throw new Error(`the receiver did not acknowledge the transfer by '${variant}' (${got})`);
}

function lay({ cable, to, limit }: Extract<SendQuestion, { do: 'lay-cable' }>): LayAnswer {
  try {
    layCable(cable, to);
    if (limit !== null) limitRate(cable.here.device, limit);
    return { cannotRun: null };
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    return { cannotRun: { why: error.code, args: { ...error.args } } };
  }
}

/** The trace is started by the parent, so it is the parent's. */
function allowTracing(): AllowAnswer {
  return { allowed: allowTracer(parentPid()) };
}

function emptyCalls(): EmptyCallAnswer {
  return { ns: emptyCallNs(meter) };
}
