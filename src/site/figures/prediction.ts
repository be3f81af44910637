/** What a lab's reader is asked to guess: one variant's number, the baseline's being 100, and what was measured. */
import type { Factors, TimeResult } from '#model/result.ts';
import { compare, type Measure, type Per } from '#model/statistics.ts';
import { type AnswerEntry, groupTitle, inSentence, sentenceOf, titleOf, wordsFor } from '#model/words/index.ts';
import type { Measured } from '../prediction-gap.ts';
import { findSeries } from './numbers.ts';

export interface Prediction extends Measured {
  readonly question: string;
  readonly answer: string;
  /** Where the scale ends: a multiple of 50 beyond all that is drawn. */
  readonly most: number;
}

export interface Guessed {
  readonly variant: string;
  /** As many factors as it takes to name one series. */
  readonly where: Factors;
  readonly measure: Measure;
  readonly per: Per;
}

/**
 * Null where nothing could be compared.
 * @throws {RangeError} for a variant or settings that the result does not have, or has several of
 */
export function predictionOf(
  result: TimeResult,
  entry: AnswerEntry,
  { variant, where, measure, per }: Guessed,
): Prediction | null {
  const series = findSeries(result, variant, where);
  const comparison = compare(result, series, measure, 0.95, per);
  if (comparison.state !== 'estimate') return null;
  const words = wordsFor(result, measure, entry);
  const [name, baseline] = [titleOf(entry, variant), titleOf(entry, result.baseline)];
  const place = groupTitle(result, series.factors, entry);
  const what = words.scope ? `${inSentence(words.title)} (${words.scope})` : inSentence(words.title);
  const [at, low, high] = [comparison.ratio, comparison.low, comparison.high].map((ratio) => shown(100 * ratio));
  const measured = { at: at as number, low: low as number, high: high as number };
  return {
    ...measured,
    question: sentenceOf(place, `${place ? 'if' : 'If'} ${baseline} is 100 in ${what}, what is ${name}?`),
    answer: `Measured: ${measured.at}, with an interval from ${measured.low} to ${measured.high}.`,
    most: 50 * Math.ceil(Math.max(150, measured.high + 1) / 50),
  };
}

/** Three digits are as many as a guess can be held against. */
function shown(value: number): number {
  return Number(value.toPrecision(value < 100 ? 2 : 3));
}
