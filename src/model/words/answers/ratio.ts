/** Every variant against the baseline: the answer of a lab that asks how much more or less. */
import type { TimeResult, TimeSeries } from '../../result.ts';
import { type Comparison, compare } from '../../statistics/compare.ts';
import { amountOf, type Measure, type Per } from '../../statistics/measure.ts';
import { quartiles } from '../../statistics/quartiles.ts';
import { factorGroups, pooledSamples, sameFactors } from '../../statistics/series.ts';
import { conclude } from '../conclusion.ts';
import { placePhrase } from '../factors.ts';
import { headlineSeries } from '../headline.ts';
import { formatQuantity, perText } from '../quantities.ts';
import { type AnswerEntry, type AnswerText, groupTitle, titleOf, variantsIn, wordsFor } from './answer.ts';

/** Says the ratios of one measure. */
export function ratioText(
  result: TimeResult,
  entry: AnswerEntry,
  { measure, per }: { measure: string; per: Per },
): AnswerText {
  const of = measure as Measure;
  const words = wordsFor(result, measure, entry);
  const groups = factorGroups(result);
  const leading = headlineSeries(result);
  const say = (series: TimeSeries) =>
    conclude(compare(result, series, of, 0.95, per), {
      variant: titleOf(entry, series.variant),
      baseline: titleOf(entry, result.baseline),
      measure: of,
      where: placeOf(result, series, entry),
      words,
    }).text;
  const others = result.series.filter((series) => series.role === 'variant' && series !== leading);
  const order = variantsIn(result, entry);
  const rows = (series: TimeSeries) => {
    const value = medianOf(result, series, of, per);
    const ratio = series.role === 'baseline' ? '1' : ratioCell(compare(result, series, of, 0.95, per));
    return {
      title: titleOf(entry, series.variant),
      cells: [value === null ? '–' : formatQuantity(value, words.unit), ratio],
    };
  };
  return {
    text: leading ? say(leading) : `Nothing to compare: only ${titleOf(entry, result.baseline)} ran.`,
    meaning: others.map(say),
    table: {
      corner: ['', ''],
      columns: [
        [words.title, perText(per)],
        ['ratio', '(95 % interval)'],
      ],
      groups: groups.map((group) => ({
        title: groupTitle(result, group, entry),
        rows: result.series
          .filter(({ role, factors }) => role !== 'repeat' && sameFactors(factors, group))
          .sort((a, b) => order.indexOf(a.variant) - order.indexOf(b.variant))
          .map(rows),
      })),
    },
  };
}

function placeOf(result: TimeResult, { factors }: TimeSeries, entry: AnswerEntry): string {
  return placePhrase(groupTitle(result, factors, entry), factors.link !== undefined);
}

/** The median of a series, the baseline's two runs together; null where no sample has the measure. */
export function medianOf(result: TimeResult, series: TimeSeries, measure: Measure, per: Per): number | null {
  const values = pooledSamples(result, series).flatMap((sample) => amountOf(sample, measure, per) ?? []);
  return values.length === 0 ? null : quartiles(values).median;
}

/** `0.58 (0.55–0.61)`; a dash where there is no interval. */
export function ratioCell(comparison: Comparison): string {
  if (comparison.state !== 'estimate') return '–';
  const [ratio, low, high] = [comparison.ratio, comparison.low, comparison.high].map((one) =>
    one >= 9.995 ? one.toFixed(1) : one.toFixed(2),
  );
  return `${ratio} (${low}–${high})`;
}
