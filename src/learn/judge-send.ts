/** Judges a program that sends a file: are the bytes right, did they go the way asked for, and what is left behind. */

import { randomBytes } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Finding, Judgement, Proved, Situation } from '#model/finding.ts';
import { findStrace } from '#proof/calls/index.ts';
import { type Asked, type Attempt, attempt } from './attempt.ts';
import type { Bench } from './bench.ts';
import { Content } from './content.ts';
import type { Case, SendTask } from './exercise.ts';
import { endingFinding, leftFindings, type Where } from './judge-ending.ts';
import { goodWays, mechanismFindings } from './judge-mechanism.ts';
import { Peer, type Reading } from './peer.ts';

/** Payload of the traced transfer: not a round number, so that the last call is a short one. */
const TRACED_BYTES = 4 * 2 ** 20 - 5;
/** Payload of the overwrite test: it must fit into the queue of a socket that nobody reads. */
const OVERWRITTEN_BYTES = 48 * 2 ** 10;
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
  const proof = await (canTrace() ? judgeTrace : judgeOverwrite)(module, task, bench);
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

type Proof = Pick<Proved, 'by' | 'ways'> | { readonly findings: readonly [Finding, ...Finding[]] };

function canTrace(): boolean {
  try {
    findStrace();
    return true;
  } catch (error) {
    if (error instanceof CannotRunHere) return false;
    throw error;
  }
}

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

function arrivalFinding({ received }: Attempt, count: number, where: Where): Finding | null {
  const { bytes, difference } = received;
  if (difference !== null) return { code: 'bytes-differ', args: { ...where, at: difference, expected: count } };
  if (bytes > count) return { code: 'bytes-extra', args: { ...where, arrived: bytes, expected: count } };
  return bytes < count ? { code: 'bytes-missing', args: { ...where, arrived: bytes, expected: count } } : null;
}

/** One transfer under strace: at least the payload must be seen to go the right way. */
async function judgeTrace(module: string, task: SendTask, bench: Bench): Promise<Proof> {
  const { one, content, offset, count } = proofCase(task, TRACED_BYTES);
  using peer = await Peer.listen({ content, offset, count });
  using file = sourceFile(bench, content);
  const tried = await attempt(jobOf(module, task, one, file.path), peer, bench, true);
  const where: Where = { situation: 'traced', fileBytes: one.bytes };
  const wrong = endingFinding(tried, task.function, false, where) ?? arrivalFinding(tried, count, where);
  if (wrong) return { findings: [wrong] };
  const { bytes: arrived, senderPort } = tried.received;
  const { ways } = task.mechanism;
  const traced = {
    tally: tried.tally as NonNullable<Attempt['tally']>,
    file: file.path,
    payload: count,
    arrived,
    senderPort,
  };
  const [first, ...more] = mechanismFindings(traced, ways);
  if (first) return { findings: [first, ...more] };
  return { by: 'trace', ways: goodWays(traced, ways) };
}

/** Where nothing may be traced: the file is overwritten while its bytes lie in the queue, and what arrives tells whose they are. */
async function judgeOverwrite(module: string, task: SendTask, bench: Bench): Promise<Proof> {
  const { one, content, offset, count } = proofCase(task, OVERWRITTEN_BYTES);
  const over = content.inverse();
  using peer = await Peer.listen({ content, offset, count }, { held: true }, over.subarray(offset, offset + count));
  using file = sourceFile(bench, content);
  const asked = jobOf(module, task, one, file.path);
  const tried = await attempt(asked, peer, bench, false, () => overwrite(file.path, over));
  const where: Where = { situation: 'plain', fileBytes: one.bytes };
  const ending = endingFinding(tried, task.function, false, where);
  if (ending) return { findings: [ending] };
  if (tried.received.bytes !== count)
    return {
      findings: [{ code: 'bytes-missing', args: { ...where, arrived: tried.received.bytes, expected: count } }],
    };
  const shared = tried.received.matchingOther;
  const enough = task.mechanism.sharesPages ? shared === count : shared === 0;
  if (enough) return { by: 'overwrite', ways: [{ calls: '', bytes: count, times: 0 }] };
  const call = task.mechanism.ways[0]?.join('+') ?? '';
  const should = task.mechanism.sharesPages ? 1 : 0;
  return { findings: [{ code: 'pages-not-shared', args: { call, shared, payload: count, should } }] };
}

/** A transfer of about `bytes`; of a range, in a file that is larger, when the exercise asks for ranges. */
function proofCase({ mechanism }: SendTask, bytes: number) {
  const range = mechanism.range ? { offset: 4099, count: bytes } : undefined;
  const one: Case = { bytes: bytes + (range ? 8200 : 0), ...(range ? { range } : {}) };
  return { one, content: Content.random(one.bytes), offset: range?.offset ?? 0, count: bytes };
}

function jobOf(module: string, task: SendTask, one: Case, path: string): Asked {
  return {
    module,
    function: task.function,
    path,
    args: one.range ? [one.range.offset, one.range.count] : [],
    sendBuffer: one.sendBuffer ?? null,
    faults: one.faults ?? 'none',
  };
}

function situationOf({ faults, receiver, sendBuffer }: Case): Situation {
  if (receiver) return receiver === 'slow' ? 'slow-receiver' : 'receiver-leaves';
  if (faults) return faults === 'short' ? 'short-counts' : 'interrupted';
  return sendBuffer ? 'small-buffer' : 'plain';
}

function sourceFile({ folder, sparseFolder }: Bench, content: Content): { readonly path: string } & Disposable {
  const path = join(content.sparse ? sparseFolder : folder, `source-${randomBytes(3).toString('hex')}.bin`);
  content.write(path);
  return { path, [Symbol.dispose]: () => rmSync(path, { force: true }) };
}

/** In place: the pages of the page cache get other bytes. */
function overwrite(path: string, bytes: Buffer): void {
  const fd = openSync(path, 'r+');
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, done);
  closeSync(fd);
}
