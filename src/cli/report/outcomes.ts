/** What came of many labs: a line each, with how small a difference each could see. */

import { CannotRunHere } from '#machine/cannot-run.ts';
import type { CatalogueEntry } from '#model/catalogue.ts';
import type { LabResult } from '#model/result.ts';
import { leadingMeasure, noisiestGroup, widestNoise } from '#model/statistics.ts';
import { noiseCauseText } from '#model/words/noise.ts';
import { formatDuration, formatSpread } from '#model/words/units.ts';
import type { ReportOptions } from './options.ts';
import { type Column, layOutTable } from './table.ts';
import { spell, wrap } from './text.ts';

type Lab = Pick<CatalogueEntry, 'id' | 'answer'>;

export type Outcome =
  | { readonly lab: Lab; readonly state: 'done'; readonly result: LabResult }
  | { readonly lab: Lab; readonly state: 'failed'; readonly error: unknown };

/** Lines: a row a lab, and under them why the noise of some is wide. */
export function renderOutcomes(outcomes: readonly Outcome[], options: ReportOptions): string[] {
  const column = (head: string, align: Column['align'], text: (one: Outcome) => string): Column => ({
    name: head || 'lab',
    head: [head, ''],
    align,
    cells: outcomes.map((one) => spell(text(one), options)),
  });
  const { lines } = layOutTable(
    [
      column('lab', 'left', ({ lab }) => lab.id),
      column('outcome', 'left', stateText),
      column('took', 'right', (one) =>
        one.state === 'done' && one.result.kind !== 'count' ? formatDuration(one.result.durationNs) : '–',
      ),
      column('noise', 'right', (one) => (one.state === 'done' ? noiseText(one.result, one.lab) : '–')),
    ],
    options,
  );
  return [...lines, ...outcomes.flatMap((one) => wideLines(one, options))];
}

function stateText(one: Outcome): string {
  if (one.state === 'failed') return one.error instanceof CannotRunHere ? 'cannot run here' : 'broke';
  const left = one.result.cannotRun.length;
  return left === 0 ? 'finished' : `finished, ${left} ${left === 1 ? 'part' : 'parts'} cannot run here`;
}

/** What speaks for why a lab's noise is wide; nothing where it is not. */
function wideLines(one: Outcome, options: ReportOptions): string[] {
  const found = one.state === 'done' ? noisiestGroup(one.result, leadingMeasure(one.lab.answer)) : null;
  if (!found || found.causes.length === 0) return [];
  const text = `${one.lab.id}, ${formatSpread(found.noise.halfWidth)}: ${found.causes.map(noiseCauseText).join('; ')}.`;
  return wrap(spell(text, options), options.width);
}

/** The widest noise of a timed lab's groups, in what its answer is measured by; what is counted has none. */
function noiseText(result: LabResult, { answer }: Lab): string {
  if (result.kind !== 'time') return 'none';
  const widest = widestNoise(result, leadingMeasure(answer));
  return widest === null ? 'not known' : formatSpread(widest);
}
