/** How small a difference each lab could see on one machine: its baseline against itself, and why where that is much. */
import type { CatalogueEntry } from '#model/catalogue.ts';
import type { LabResult } from '#model/result.ts';
import {
  factorGroups,
  leadingMeasure,
  type Noisiest,
  noisiestGroup,
  varyingFactors,
  WIDE_NOISE,
} from '#model/statistics.ts';
import { formatFactors, formatSpread, measureWords } from '#model/words/index.ts';
import { noiseCauseText } from '#model/words/noise.ts';

export interface NoiseRow {
  readonly lab: string;
  readonly machine: string;
  /** What its answer is measured by. */
  readonly measure: string;
  /** At 95 and at 99 %, where there are rounds enough. */
  readonly noise: string;
  readonly wider: string;
  /** Where, and why it is much; empty where it is not. */
  readonly why: string;
  readonly wide: boolean;
}

/** Timed results, the noisiest first. */
export function noiseRows(results: readonly LabResult[], catalogue: readonly CatalogueEntry[]): NoiseRow[] {
  return results
    .flatMap((result) => {
      const lab = catalogue.find(({ id }) => id === result.lab);
      const found = lab && noisiestGroup(result, leadingMeasure(lab.answer));
      return found ? [{ result, lab, found }] : [];
    })
    .toSorted((a, b) => b.found.noise.halfWidth - a.found.noise.halfWidth)
    .map(({ result, lab, found }) => ({
      lab: lab.id,
      machine: result.environment.machine,
      measure: measureWords(leadingMeasure(lab.answer).measure, lab.quantities).title,
      noise: formatSpread(found.noise.halfWidth),
      wider: found.wider ? formatSpread(found.wider.halfWidth) : '–',
      why: whyText(result, lab, found),
      wide: found.noise.halfWidth > WIDE_NOISE,
    }));
}

/** How many stay within what a lab should, in one sentence. */
export function noiseSummary(rows: readonly NoiseRow[]): string {
  const wide = rows.filter((row) => row.wide).length;
  const most = formatSpread(WIDE_NOISE);
  if (wide === 0) return `All ${rows.length} timed labs stay within ${most} everywhere.`;
  return `${rows.length - wide} of ${rows.length} timed labs stay within ${most} everywhere.`;
}

/** Where they were recorded: the machine of most, and of which labs it is another. */
export function noiseMachines(rows: readonly NoiseRow[]): string {
  const byMachine = [...Map.groupBy(rows, ({ machine }) => machine)].toSorted(([, a], [, b]) => b.length - a.length);
  return byMachine
    .map(([machine, its], at) => (at === 0 ? machine : `${its.map(({ lab }) => lab).join(' and ')} on ${machine}`))
    .join(', ');
}

function whyText(result: LabResult, { factors: words }: CatalogueEntry, { factors, causes }: Noisiest): string {
  if (causes.length === 0) return '';
  const place = formatFactors(factors, varyingFactors(factorGroups(result)), words);
  return `${place && `${place}: `}${causes.map(noiseCauseText).join('; ')}`;
}
