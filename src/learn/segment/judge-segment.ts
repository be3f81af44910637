/** Judges a segment laid out by hand: its files, what the project's broker finds in them, and lookups through an index. */
import { randomInt } from 'node:crypto';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Judgement } from '#model/finding.ts';
import { type Answers, ask } from '../answers/ask.ts';
import { type About, askEndingFinding, askLeftFindings } from '../answers/asked-findings.ts';
import type { Question } from '../answers/paper.ts';
import { type Bench, ownFolder } from '../bench.ts';
import { NoEvidence } from '../run-program.ts';
import type { Scope } from '../scope.ts';
import { type BatchPlace, indexBytes, type Layout, layoutOf, logBytes, segmentName } from './layout.ts';
import { segmentFindings } from './segment-findings.ts';
import type { OffsetLookup, SegmentTask, SegmentTrial } from './segment-task.ts';

/** Batches that were produced, and the two folders of a trial: one for the learner, and one that is laid out already. */
interface Trial {
  readonly produced: Buffer;
  readonly path: string;
  readonly layout: Layout;
  readonly own: string;
  readonly ready: string;
  readonly lookups: readonly OffsetLookup[];
}

/** Targets of a trial besides those at the borders. */
const RANDOM_TARGETS = 12;

export async function judgeSegment(module: string, task: SegmentTask, bench: Bench, scope: Scope): Promise<Judgement> {
  using own = ownFolder(bench);
  const folder = realpathSync(own.path);
  const shapes = [task.example, ...(scope === 'all' ? task.hidden : [])];
  const trials = shapes.map((one, at) => prepare(join(folder, String(at)), task, one));
  const laid = await ask({ module, stage: 'plain', questions: trials.map(layOutOf(task)), paths: [] }, bench);
  const about = trials.map(aboutTrial);
  for (const [at, trial] of trials.slice(0, laid.answers.length).entries()) {
    const [wrong] = segmentFindings(trial.own, trial.produced, trial.layout, about[at] ?? {});
    if (wrong) return { state: 'failed', findings: [wrong] };
  }
  const ended = askEndingFinding(laid, about);
  if (ended) return { state: 'failed', findings: [ended] };
  for (const trial of trials) readBack(trial, task);

  const questions = trials.flatMap((trial) => trial.lookups.map(({ offset }) => findIn(task, trial, offset)));
  const found = await ask({ module, stage: 'plain', questions, paths: trials.flatMap(filesOf) }, bench);
  const wrong = lookupFindings(found, trials) ?? askEndingFinding(found, trials.flatMap(aboutEach));
  const left = scope === 'all' ? [...askLeftFindings(laid, {}), ...askLeftFindings(found, {})] : [];
  const [first, ...more] = wrong ? [wrong] : left;
  if (first) return { state: 'failed', findings: [first, ...more] };
  const sum = (of: (layout: Layout) => number) => trials.reduce((all, { layout }) => all + of(layout), 0);
  const numbers = {
    batches: sum(({ batches }) => batches.length),
    records: sum(({ endOffset, baseOffset }) => endOffset - baseOffset),
    lookups: questions.length,
  };
  return { state: 'passed', proved: { answered: task.kind, cases: trials.length, numbers } };
}

function prepare(folder: string, { tools }: SegmentTask, { baseOffset, batches }: SegmentTrial): Trial {
  const produced = tools.produce(batches);
  const [path, own, ready] = [join(folder, 'produced'), join(folder, 'own'), join(folder, 'ready')];
  for (const one of [own, ready]) mkdirSync(one, { recursive: true });
  writeFileSync(path, produced);
  const layout = layoutOf(produced, baseOffset);
  const log = logBytes(produced, layout);
  writeFileSync(join(ready, segmentName(baseOffset, 'log')), misleading(log, layout));
  writeFileSync(join(ready, segmentName(baseOffset, 'index')), indexBytes(layout));
  return { produced, path, layout, own, ready, lookups: lookupsOf(layout) };
}

/**
 * What lies before the first indexed batch claims to hold every offset of the segment: whoever looks there, and not
 * through the index, finds the wrong batch.
 */
function misleading(log: Buffer, { baseOffset, endOffset, index, batches }: Layout): Buffer {
  const [first] = batches;
  if (index.length === 0 || !first) return log;
  log.writeInt32BE(endOffset - baseOffset - 1, first.position + 23);
  return log;
}

/** Offsets at the borders of batches, at random, and one behind the end. With an index, only those that it leads to. */
function lookupsOf({ batches, index, baseOffset, endOffset }: Layout): OffsetLookup[] {
  const least = index[0] ? baseOffset + index[0].relative : baseOffset;
  const ends = [batches.at(-1), ...index.slice(0, 3).map(({ position }) => at(batches, position))].flatMap((batch) =>
    batch ? [batch.baseOffset, batch.lastOffset, batch.lastOffset + 1] : [],
  );
  const random = Array.from({ length: RANDOM_TARGETS }, () => randomInt(least, endOffset));
  return [...new Set([least, ...ends, ...random])]
    .filter((offset) => offset >= least)
    .map((offset) => ({ offset, batch: batches.find(({ lastOffset }) => lastOffset >= offset) ?? null }));
}

function at(batches: readonly BatchPlace[], position: number): BatchPlace | undefined {
  return batches.find((batch) => batch.position === position);
}

/** What the broker finds in the learner's folder. @throws {NoEvidence} when it is not what was compared */
function readBack({ own, layout }: Trial, { tools }: SegmentTask): void {
  const { batches, index, baseOffset, endOffset } = layout;
  const seen = tools.readBack(
    own,
    batches.map((batch) => batch.lastOffset),
  );
  const right =
    seen.startOffset === baseOffset &&
    seen.endOffset === endOffset &&
    seen.bytes === batches.reduce((sum, { bytes }) => sum + bytes, 0) &&
    seen.found.length === batches.length &&
    seen.found.every(({ position }, place) => position === batches[place]?.position) &&
    indexBytes(seen).equals(indexBytes({ index }));
  if (!right) throw new NoEvidence('The broker finds something else in a segment that has the layout asked for');
}

const layOutOf =
  (task: SegmentTask) =>
  ({ own, path, layout }: Trial): Question => ({ name: task.layOut, args: [own, path, layout.baseOffset] });

function findIn(task: SegmentTask, { ready, layout }: Trial, offset: number): Question {
  return { name: task.find, args: [ready, layout.baseOffset, offset] };
}

/** The first lookup that is wrong. */
function lookupFindings({ answers }: Answers, trials: readonly Trial[]): Finding | null {
  const asked = trials.flatMap((trial) => trial.lookups.map((lookup) => ({ trial, lookup })));
  for (const [place, { value }] of answers.entries()) {
    const { trial, lookup } = asked[place] as (typeof asked)[number];
    const about = { ...aboutTrial(trial), offset: lookup.offset };
    const position = lookup.batch?.position ?? -1;
    if (!Number.isInteger(value)) return { code: 'answer-shape', args: { ...about, answered: JSON.stringify(value) } };
    if (value !== position)
      return { code: 'position-differs', args: { ...about, position, answered: value as number } };
  }
  return null;
}

function aboutTrial({ layout: { batches, baseOffset } }: Trial): About {
  return { task: 'segment', batches: batches.length, baseOffset };
}

function aboutEach(trial: Trial): About[] {
  return trial.lookups.map(({ offset }) => ({ ...aboutTrial(trial), offset }));
}

function filesOf({ ready, layout }: Trial): string[] {
  return (['log', 'index'] as const).map((kind) => join(ready, segmentName(layout.baseOffset, kind)));
}
