/** One comparison in a sentence, with the noise where the difference is inside it. */
import type { Factors, TimeResult } from '#model/result.ts';
import { type ClockMeasure, compare } from '#model/statistics.ts';
import { conclude, formatFactors } from '#model/words/index.ts';
import { insideNoise } from './inside-noise.ts';
import { findSeries } from './numbers.ts';

/** @param titles variant name → title. @throws {RangeError} when the result does not have the series */
export function conclusionText(
  result: TimeResult,
  { variant, factors, measure }: { variant: string; factors: Factors; measure: ClockMeasure },
  titles: Readonly<Record<string, string>>,
): string {
  const series = findSeries(result, variant, factors);
  const where = `over ${formatFactors(series.factors, ['link'])}`;
  const names = { variant: titles[variant] ?? variant, baseline: titles[result.baseline] ?? result.baseline };
  const noise = insideNoise(result, series, measure);
  const { text } = conclude(compare(result, series, measure), { ...names, measure, where });
  return noise ? `${text} That is inside this machine's noise (${noise}).` : text;
}
