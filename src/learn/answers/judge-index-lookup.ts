/** Judges lookups in a mapped index: the answers, then whether it was mapped and searched, then what is left. */
import { randomInt } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Judgement } from '#model/finding.ts';
import { type Bench, ownFolder } from '../bench.ts';
import { NoEvidence } from '../run-program.ts';
import type { Scope } from '../scope.ts';
import { canTrace } from '../tracing.ts';
import { type Answers, ask } from './ask.ts';
import { type About, askEndingFinding, askLeftFindings } from './asked-findings.ts';
import { type CallsOnFile, callsOnFile } from './index-calls.ts';
import {
  type Entries,
  type Entry,
  type Lookup,
  lookUp,
  randomEntries,
  targetsAround,
  writeIndex,
} from './index-file.ts';
import { faultScale, median } from './lookup-faults.ts';
import type { Answer } from './paper.ts';

/** The learner exports a function that looks a target up in an index file, through a mapping. */
export interface IndexLookupTask {
  readonly kind: 'index-lookup';
  /** Called with the path and the target; returns the position. */
  readonly function: string;
  /** The index that the starter shows, and what it says of it. */
  readonly example: { readonly entries: readonly Entry[]; readonly lookups: readonly Lookup[] };
  /** Sizes of the indexes that the learner does not see, in entries. */
  readonly sizes: readonly number[];
  /** Entries of the index on which faults are counted: as large as Kafka lets one become. */
  readonly large: number;
}

/** An index on the disk, and what it is asked. */
interface Trial {
  readonly path: string;
  readonly entries: number;
  readonly lookups: readonly Lookup[];
}

const RANDOM_TARGETS = 12;
/** Of so many lookups in the large index the faults are counted, and so many are traced. */
const COUNTED = 25;
const TRACED = 8;

export async function judgeIndexLookup(
  module: string,
  task: IndexLookupTask,
  bench: Bench,
  scope: Scope,
): Promise<Judgement> {
  using own = ownFolder(bench);
  const folder = realpathSync(own.path);
  const { entries, lookups } = task.example;
  const example = writeTrial(join(folder, 'example.index'), entries, lookups);
  const hidden = scope === 'all' ? task.sizes.map((count) => randomTrial(folder, count)) : [];
  const large = scope === 'all' ? largeTrial(folder, task.large) : null;
  const trials = [example, ...hidden, ...(large ? [large] : [])];
  const paths = trials.map(({ path }) => path);
  const asked = await ask({ module, stage: 'plain', questions: questionsOf(task, trials), paths }, bench);
  const about = trials.flatMap(aboutEach);
  const wrong = answerFinding(asked, trials) ?? askEndingFinding(asked, about);
  if (wrong) return { state: 'failed', findings: [wrong] };
  const proof = large ? await judgeWay(module, task, large, asked, bench) : { findings: [], numbers: {} };
  const left = scope === 'all' ? askLeftFindings(asked, {}) : [];
  const [first, ...more] = [...proof.findings, ...left];
  if (first) return { state: 'failed', findings: [first, ...more] };
  return { state: 'passed', proved: { answered: task.kind, cases: about.length, numbers: proof.numbers } };
}

/** Whether the large index was mapped and searched. */
async function judgeWay(
  module: string,
  task: IndexLookupTask,
  large: Trial,
  asked: Answers,
  bench: Bench,
): Promise<{ readonly findings: Finding[]; readonly numbers: Readonly<Record<string, string | number>> }> {
  const { path, entries, lookups } = large;
  const counted = asked.answers.slice(-lookups.length);
  const calls = canTrace()
    ? await tracedCalls(module, task, { ...large, lookups: lookups.slice(0, TRACED) }, bench)
    : countedCalls(counted);
  const faults = median(counted.map((one) => one.faults));
  const scale = faultScale(
    path,
    entries * 8,
    lookups.map(({ target }) => target),
  );
  const many = { task: 'index-lookup', entries, faults, allowed: scale.allowed, scan: scale.scan };
  const findings: Finding[] = [
    ...callFindings(calls, large),
    ...(faults > scale.allowed ? [{ code: 'too-many-faults' as const, args: many }] : []),
  ];
  return { findings, numbers: { by: canTrace() ? 'trace' : 'count', entries, faults, scan: scale.scan } };
}

function questionsOf(task: IndexLookupTask, trials: readonly Trial[]) {
  return trials.flatMap(({ path, lookups }) =>
    lookups.map(({ target }) => ({ name: task.function, args: [path, target] })),
  );
}

/** The first answer that is wrong. */
function answerFinding({ answers }: Answers, trials: readonly Trial[]): Finding | null {
  const expected = trials.flatMap(({ entries, lookups }) => lookups.map((lookup) => ({ entries, ...lookup })));
  const found = answers.flatMap(({ value }, at) => lookupFindings(value, expected[at] as Lookup & { entries: number }));
  return found[0] ?? null;
}

/** What is wrong with one answer. */
export function lookupFindings(value: unknown, { entries, target, position }: Lookup & { entries: number }): Finding[] {
  const about = { task: 'index-lookup', entries, target };
  if (!Number.isInteger(value)) return [{ code: 'answer-shape', args: { ...about, answered: JSON.stringify(value) } }];
  return value === position
    ? []
    : [{ code: 'lookup-differs', args: { ...about, position, answered: value as number } }];
}

/** What one run under strace calls on the index. @throws {NoEvidence} when it does not come to its end there */
async function tracedCalls(module: string, task: IndexLookupTask, trial: Trial, bench: Bench): Promise<CallsOnFile> {
  const { count, calls } = callsOnFile(trial.path);
  const questions = questionsOf(task, [trial]);
  const { ending } = await ask({ module, stage: 'plain', questions, paths: [trial.path] }, bench, count);
  if (ending.state !== 'answered')
    throw new NoEvidence(`Expected the same answers under strace: the program ended with '${ending.state}' there`);
  return calls;
}

/**
 * Where nothing may be traced: what the kernel counts of the read family, whatever is read, and a fault stands for a mapping
 * that was looked into. Node reads something of its own now and then, so the median counts.
 */
export function countedCalls(answers: readonly Pick<Answer, 'faults' | 'readCalls'>[]): CallsOnFile {
  const calls = answers.reduce((sum, { readCalls }) => sum + readCalls, 0);
  const reads = median(answers.map(({ readCalls }) => readCalls)) > 0;
  return { reads: reads ? { read: calls } : {}, maps: median(answers.map(({ faults }) => faults)) };
}

/** What is wrong with the calls that were made on an index. */
export function callFindings({ reads, maps }: CallsOnFile, { entries }: Pick<Trial, 'entries'>): Finding[] {
  const about = { task: 'index-lookup', entries };
  const [first] = Object.entries(reads);
  if (first) return [{ code: 'read-not-mapped', args: { ...about, call: first[0], calls: first[1] } }];
  return maps === 0 ? [{ code: 'not-mapped', args: about }] : [];
}

function aboutEach({ entries, lookups }: Trial): About[] {
  return lookups.map(({ target }) => ({ task: 'index-lookup', entries, target }));
}

function writeTrial(path: string, entries: Entries, lookups: readonly Lookup[]): Trial {
  writeIndex(path, entries);
  return { path, entries: entries.length, lookups };
}

function randomTrial(folder: string, count: number): Trial {
  const entries = randomEntries(count);
  const lookups = targetsAround(entries, RANDOM_TARGETS).map((target) => lookUp(entries, target));
  return writeTrial(join(folder, `${count}.index`), entries, lookups);
}

function largeTrial(folder: string, count: number): Trial {
  const entries = randomEntries(count);
  const lookups = Array.from({ length: COUNTED }, () => lookUp(entries, randomInt(2 ** 32 - 1)));
  return writeTrial(join(folder, 'large.index'), entries, lookups);
}
