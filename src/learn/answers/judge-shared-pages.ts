/** Judges an overwrite test of the learner's: by transfers whose way it is not told, and by what it did to the file. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Finding, Judgement } from '#model/finding.ts';
import { type Bench, ownFolder } from '../bench.ts';
import { NoEvidence } from '../run-program.ts';
import type { Scope } from '../scope.ts';
import { ask } from './ask.ts';
import { type About, askEndingFinding, askLeftFindings } from './asked-findings.ts';
import type { Answer } from './paper.ts';
import { changedBytes, type SendingWay, sendingWays } from './transfer-stage.ts';

/** The learner exports a function that says how many bytes of a transfer were still the file's own when it had returned. */
export interface SharedPagesTask {
  readonly kind: 'shared-pages';
  /** Called with the path, the receiving socket and a function that sends the whole file; returns a number of bytes. */
  readonly function: string;
  /** Bytes of the file: they must fit into the queue of a socket that nobody reads. */
  readonly bytes: number;
  /** Ways that the starter speaks of. */
  readonly examples: readonly SendingWay[];
}

/** One transfer: its way, and how many bytes are the new ones when the file is overwritten, as found out here. */
interface Trial {
  readonly way: SendingWay;
  readonly bytes: number;
  readonly changed: number;
}

export async function judgeSharedPages(
  module: string,
  task: SharedPagesTask,
  bench: Bench,
  scope: Scope,
): Promise<Judgement> {
  using folder = ownFolder(bench);
  const path = join(realpathSync(folder.path), 'overwritten.bin');
  const hidden = sendingWays.filter((way) => !task.examples.includes(way));
  bench.onTrial?.({ state: 'counting' });
  const trials = [...task.examples, ...(scope === 'all' ? hidden : [])].map((way): Trial => {
    return { way, bytes: task.bytes, changed: changedBytes(path, task.bytes, way) };
  });
  checkControls(trials);
  const questions = trials.map(({ way, bytes }) => ({ name: task.function, args: [path, bytes, way] }));
  const asked = await ask({ module, stage: 'transfer', questions, paths: [path] }, bench);
  const wrong = asked.answers.flatMap((answer, at) => evidenceFindings(answer, trials[at] as Trial));
  const ending = askEndingFinding(asked, trials.map(aboutTrial));
  const left = scope === 'all' ? askLeftFindings(asked, {}) : [];
  const [first, ...more] = [...wrong.slice(0, 1), ...(ending ? [ending] : []), ...left];
  if (first) return { state: 'failed', findings: [first, ...more] };
  const sum = (of: 'bytes' | 'changed') => trials.reduce((all, one) => all + one[of], 0);
  const numbers = { changed: sum('changed'), bytes: sum('bytes') };
  return { state: 'passed', proved: { answered: task.kind, cases: trials.length, numbers } };
}

/** What is wrong with the evidence for one transfer. */
export function evidenceFindings({ value, seen }: Answer, trial: Trial): Finding[] {
  const about = aboutTrial(trial);
  const { transfers = 0, overwritten = 0, unread = 0 } = seen;
  const payload = trial.bytes;
  if (!Number.isInteger(value)) return [{ code: 'answer-shape', args: { ...about, answered: JSON.stringify(value) } }];
  if (transfers !== 1) return [{ code: 'not-one-transfer', args: { ...about, transfers } }];
  if (value !== trial.changed)
    return [
      { code: 'evidence-differs', args: { ...about, payload, changed: trial.changed, answered: value as number } },
    ];
  if (overwritten < payload) return [{ code: 'not-overwritten', args: { ...about, payload, overwritten } }];
  return unread > 0 ? [{ code: 'not-received', args: { ...about, payload, unread } }] : [];
}

function aboutTrial({ way, bytes }: Trial): About {
  return { task: 'shared-pages', way, bytes };
}

/**
 * A check that cannot tell the two from each other proves nothing.
 * @throws {CannotRunHere} where no way shares pages
 * @throws {NoEvidence} where one shares them that cannot
 */
function checkControls(trials: readonly Trial[]): void {
  const changed = (way: SendingWay) => trials.find((one) => one.way === way)?.changed ?? 0;
  if (changed('sendfile') === 0) throw new CannotRunHere('no-shared-pages');
  const copies = (['read-write', 'mmap-write', 'drained'] as const).find((way) => changed(way) > 0);
  if (copies) throw new NoEvidence(`Expected ${copies} to send copies: bytes of it changed when the file did`);
}
