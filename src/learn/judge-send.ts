/** Judges a program that sends a file: are the bytes right, did they go the way asked for, and what is left behind. */
import type { Finding, Judgement } from '#model/finding.ts';
import { attempt } from './attempt.ts';
import type { Bench } from './bench.ts';
import { Content } from './content.ts';
import type { Case, SendTask } from './exercise.ts';
import { endingFinding, leftFindings, type Where } from './judge-ending.ts';
import { judgeWay } from './judge-way.ts';
import { Peer, type Reading } from './peer.ts';
import { arrivalFinding, jobOf, situationOf, sourceFile } from './transfer-case.ts';

/** Resident memory may grow by so much while a file of MEMORY_FILE_BYTES is sent. */
const MAY_GROW_BYTES = 16 * 2 ** 20;
const MEMORY_FILE_BYTES = 48 * 2 ** 20;
/** A slow receiver waits so long after each piece. */
const PAUSE_MS = 2;

/**
 * Tries every case, then the mechanism, then what is sparse and large, which takes longest; stops at the first that finds
 * something.
 */
export async function judgeSend(module: string, task: SendTask, bench: Bench): Promise<Judgement> {
  const small = task.cases.filter(({ dataAround }) => !dataAround);
  const whole = task.mechanism.range ? { range: { offset: 0, count: MEMORY_FILE_BYTES } } : {};
  const memory: Case = { bytes: MEMORY_FILE_BYTES, measured: true, ...whole };
  const wrong = await judgeCases(module, task, task.constantMemory ? [...small, memory] : small, bench);
  if (wrong) return wrong;
  const proof = await judgeWay(module, task, bench);
  if ('findings' in proof) return { state: 'failed', findings: proof.findings };
  const large = task.cases.filter(({ dataAround }) => dataAround);
  const late = await judgeCases(module, task, large, bench);
  const bytes = task.cases.reduce((sum, one) => sum + (one.range?.count ?? one.bytes), 0);
  return late ?? { state: 'passed', proved: { ...proof, cases: task.cases.length, bytes } };
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

async function judgeCase(module: string, task: SendTask, one: Case, bench: Bench): Promise<Finding[]> {
  const content = one.dataAround ? Content.sparse(one.bytes, one.dataAround) : Content.random(one.bytes);
  const { offset, count } = one.range ?? { offset: 0, count: one.bytes };
  const leaves = one.receiver === 'leaves';
  const reading: Reading = leaves ? { leaveAfter: Math.ceil(count / 64) } : one.receiver ? { pauseMs: PAUSE_MS } : {};
  const where: Where = { situation: situationOf(one), fileBytes: one.bytes, ...(one.range ? { offset, count } : {}) };
  using peer = await Peer.listen({ content, offset, count }, reading);
  using file = sourceFile(bench, content);
  const tried = await attempt(jobOf(module, task, one, file.path), peer, bench, false);
  const ending = endingFinding(tried, task.function, leaves, where);
  const arrived = leaves ? null : arrivalFinding(tried, count, where);
  // Wrong bytes tell more than the error that may follow from them, and a wrong ending more than missing bytes.
  const first = arrived?.code === 'bytes-differ' || arrived?.code === 'bytes-extra' ? arrived : (ending ?? arrived);
  if (first) return [first];
  if (one.faults && tried.ending.state === 'returned' && tried.ending.left.faultsMet === 0)
    return [{ code: 'faults-not-met', args: { ...where } }];
  const left = leftFindings(tried, where);
  if (!one.measured || tried.ending.state !== 'returned' || tried.ending.left.grownBytes <= MAY_GROW_BYTES) return left;
  return [...left, { code: 'memory-grows', args: { ...where, bytes: tried.ending.left.grownBytes } }];
}
