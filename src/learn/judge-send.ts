/** Judges a program that sends a file: are the bytes right, did they go the way asked for, and what is left behind. */
import type { Finding, FindingCode, Judgement } from '#model/finding.ts';
import { attempt } from './attempt.ts';
import type { Bench } from './bench.ts';
import type { Case, SendTask } from './exercise.ts';
import { endingFinding, leftFindings, type Where } from './judge-ending.ts';
import { judgePackets } from './judge-packets.ts';
import { judgeWay } from './judge-way.ts';
import { Peer, type Reading } from './peer.ts';
import { arrivalFinding, jobOf, situationOf, sourceFile, streamOf } from './transfer-case.ts';

/** Resident memory may grow by so much while a file of MEMORY_FILE_BYTES is sent. */
const MAY_GROW_BYTES = 16 * 2 ** 20;
const MEMORY_FILE_BYTES = 48 * 2 ** 20;
/** A slow receiver waits so long after each piece. */
const PAUSE_MS = 2;

/**
 * Tries every case, then the mechanism, then what is sparse and large, which takes longest, unless the exercise is about
 * just that; stops at the first that finds something.
 */
export async function judgeSend(module: string, task: SendTask, bench: Bench): Promise<Judgement> {
  const small = task.cases.filter(({ dataAround }) => !dataAround);
  const large = task.cases.filter(({ dataAround }) => dataAround);
  const whole = task.mechanism.range ? { range: { offset: 0, count: MEMORY_FILE_BYTES } } : {};
  const memory: Case[] = task.constantMemory ? [{ bytes: MEMORY_FILE_BYTES, measured: true, ...whole }] : [];
  const [first, last] = task.largeFirst ? [[...large, ...small, ...memory], []] : [[...small, ...memory], large];
  const wrong = await judgeCases(module, task, first, bench);
  if (wrong) return wrong;
  const proof = await judgeWay(module, task, bench);
  if ('findings' in proof) return { state: 'failed', findings: proof.findings };
  const packets = task.header ? await judgePackets(module, task, bench) : {};
  if ('findings' in packets) return { state: 'failed', findings: packets.findings };
  const late = await judgeCases(module, task, last, bench);
  const bytes = task.cases.reduce((sum, one) => sum + (one.range?.count ?? one.bytes), 0);
  return late ?? { state: 'passed', proved: { ...proof, ...packets, cases: task.cases.length, bytes } };
}

async function judgeCases(
  module: string,
  task: SendTask,
  cases: readonly Case[],
  bench: Bench,
): Promise<Failed | null> {
  for (const one of cases) {
    const [first, ...more] = await judgeCase(module, task, one, bench);
    if (first) return { state: 'failed', findings: [first, ...more] };
  }
  return null;
}

type Failed = Extract<Judgement, { state: 'failed' }>;

/** Of what arrived: what explains the error that may follow from it. */
const tellsMore: readonly FindingCode[] = ['header-differs', 'bytes-differ', 'bytes-extra'];

async function judgeCase(module: string, task: SendTask, one: Case, bench: Bench): Promise<Finding[]> {
  const stream = streamOf(task, one);
  const leaves = one.receiver === 'leaves';
  const reading: Reading = leaves
    ? { leaveAfter: Math.ceil(stream.expected.count / 64) }
    : one.receiver
      ? { pauseMs: PAUSE_MS }
      : {};
  const where: Where = { situation: situationOf(one), ...stream.sizes };
  bench.onTrial?.({ state: 'trying', about: where });
  using peer = new Peer(stream.expected, reading);
  using file = sourceFile(bench, stream.content);
  const tried = await attempt(jobOf(module, task, one, file.path, stream), peer, bench, false);
  const ending = endingFinding(tried, task.function, leaves, where);
  const arrived = leaves ? null : arrivalFinding(tried, stream, where);
  // Wrong bytes tell more than the error that may follow from them, and a wrong ending more than missing bytes.
  const first = arrived && tellsMore.includes(arrived.code) ? arrived : (ending ?? arrived);
  if (first) return [first];
  if (one.faults && tried.ending.state === 'returned' && tried.ending.left.faultsMet === 0)
    return [{ code: 'faults-not-met', args: { ...where } }];
  const left = leftFindings(tried, where);
  if (!one.measured || tried.ending.state !== 'returned' || tried.ending.left.grownBytes <= MAY_GROW_BYTES) return left;
  return [...left, { code: 'memory-grows', args: { ...where, bytes: tried.ending.left.grownBytes } }];
}
