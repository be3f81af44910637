/** In what two results of one lab answer differently, held against the noise of both. */
import type { Answer } from '../catalogue.ts';
import type { CountSample } from '../count-sample.ts';
import type { Factors, LabResult, ProofSample, Series, TimeResult, TimeSeries } from '../result.ts';
import { compare, noise } from '../statistics/compare.ts';
import { type Measure, measureOf, type Per, type Sample } from '../statistics/measure.ts';
import { sameFactors } from '../statistics/series.ts';

/** One number in both results. */
export interface Compared {
  readonly variant: string;
  readonly factors: Factors;
  /** `ratio`: against the baseline, of the measure; else the number itself, of each sample. */
  readonly as: 'ratio' | 'value';
  readonly measure: string;
  readonly a: Span;
  readonly b: Span;
  /**
   * `differs`: by more than the noise of either, and the intervals do not meet. `same`: not by more than that. `unknown`:
   * too few rounds on one side.
   */
  readonly verdict: 'differs' | 'same' | 'unknown';
}

/** A number with its interval; of what is counted, the least and the most. Null where it could not be made. */
export type Span = { readonly value: number; readonly low: number; readonly high: number } | null;

/** What both have, in the order of the first; and the series that only one of them has. */
export interface AnswerDifferences {
  readonly compared: readonly Compared[];
  readonly onlyA: readonly { readonly variant: string; readonly factors: Factors }[];
  readonly onlyB: readonly { readonly variant: string; readonly factors: Factors }[];
}

/** @param answer what the lab's catalogue entry says; without one the total CPU */
export function answerDifferences(a: LabResult, b: LabResult, answer?: Answer): AnswerDifferences {
  const [mine, theirs] = [own(a), own(b)];
  const pairs = mine.flatMap((one) => {
    const other = theirs.find((each) => matches(each, one));
    return other ? [{ one, other }] : [];
  });
  const named = ({ variant, factors }: Series) => ({ variant, factors });
  return {
    compared:
      a.kind === 'time' && b.kind === 'time'
        ? pairs.flatMap(({ one, other }) => ratioOf([a, one as TimeSeries], [b, other as TimeSeries], answer))
        : pairs.flatMap(({ one, other }) => valuesOf(one, other)),
    onlyA: mine.filter((one) => !theirs.some((each) => matches(each, one))).map(named),
    onlyB: theirs.filter((one) => !mine.some((each) => matches(each, one))).map(named),
  };
}

function own({ series }: LabResult): Series[] {
  return (series as readonly Series[]).filter(({ role }) => role !== 'repeat');
}

function matches(one: Series, other: Series): boolean {
  return one.variant === other.variant && sameFactors(one.factors, other.factors);
}

/** The ratio to each result's own baseline: what the machines have in common drops out. */
function ratioOf(
  [a, mine]: [TimeResult, TimeSeries],
  [b, theirs]: [TimeResult, TimeSeries],
  answer?: Answer,
): Compared[] {
  if (mine.role === 'baseline') return [];
  const { measure, per } = askedOf(answer);
  const { variant, factors } = mine;
  const [one, other] = [compare(a, mine, measure, 0.95, per), compare(b, theirs, measure, 0.95, per)];
  const base = { variant, factors, as: 'ratio', measure } as const;
  if (one.state !== 'estimate' || other.state !== 'estimate')
    return [{ ...base, a: spanOf(one), b: spanOf(other), verdict: 'unknown' }];
  const apart = Math.abs(Math.log(one.ratio / other.ratio));
  const widest = Math.max(
    ...[noise(a, factors, measure, 0.95, per), noise(b, factors, measure, 0.95, per)].map(logWidth),
  );
  const verdict = apart > widest && disjoint(one, other) ? 'differs' : 'same';
  return [{ ...base, a: spanOf(one), b: spanOf(other), verdict }];
}

function askedOf(answer: Answer | undefined): { measure: Measure; per: Per } {
  if (answer?.shape === 'distribution') return { measure: 'latency.p50', per: 'sample' };
  if (!answer || answer.shape === 'facts') return { measure: 'totalCpuNs', per: 'sample' };
  return { measure: answer.measure as Measure, per: answer.per };
}

function spanOf(comparison: ReturnType<typeof compare>): Span {
  if (comparison.state !== 'estimate') return null;
  return { value: comparison.ratio, low: comparison.low, high: comparison.high };
}

function logWidth(own: ReturnType<typeof noise>): number {
  return own.state === 'estimate' ? Math.log1p(own.halfWidth) : 0;
}

function disjoint(one: { low: number; high: number }, other: { low: number; high: number }): boolean {
  return one.high < other.low || other.high < one.low;
}

/** What was counted needs no statistics: where the ranges do not meet, it differs. */
function valuesOf(one: Series, other: Series): Compared[] {
  const { variant, factors } = one;
  return COUNTED.flatMap(({ measure, of }): Compared[] => {
    const [a, b] = [rangeOf(one, of), rangeOf(other, of)];
    if (!a || !b) return [];
    return [{ variant, factors, as: 'value', measure, a, b, verdict: disjoint(a, b) ? 'differs' : 'same' }];
  }).concat(extrasOf(one, other));
}

const COUNTED: readonly { measure: string; of: (sample: Sample) => number | undefined }[] = [
  { measure: 'calls', of: (sample) => measureOf(sample, 'calls') },
  { measure: 'copied', of: (sample) => perByte(sample, (sample as CountSample).copiedTotal) },
  { measure: 'shared', of: (sample) => proofShare(sample as ProofSample) },
];

function extrasOf(one: Series, other: Series): Compared[] {
  const { variant, factors } = one;
  const names = new Set(
    (one.samples as readonly Sample[]).flatMap((each) => Object.keys('extra' in each ? (each.extra ?? {}) : {})),
  );
  return [...names].flatMap((name): Compared[] => {
    const measure = `extra.${name}` as const;
    const of = (sample: Sample) => measureOf(sample, measure);
    const [a, b] = [rangeOf(one, of), rangeOf(other, of)];
    if (!a || !b) return [];
    return [{ variant, factors, as: 'value', measure, a, b, verdict: disjoint(a, b) ? 'differs' : 'same' }];
  });
}

/** Copies of each byte. */
function perByte(sample: Sample, bytes: number | undefined): number | undefined {
  return bytes === undefined || !('payloadBytes' in sample)
    ? undefined
    : Math.round((100 * bytes) / sample.payloadBytes) / 100;
}

/** Share of what arrived that was written over the file after the call. */
function proofShare({ newBytes, sentBytes }: ProofSample): number | undefined {
  return newBytes === undefined || sentBytes === 0 ? undefined : newBytes / sentBytes;
}

function rangeOf({ samples }: Series, of: (sample: Sample) => number | undefined): Span {
  const values = (samples as readonly Sample[]).flatMap((sample) => of(sample) ?? []).sort((a, b) => a - b);
  const [low] = values;
  const [middle, high] = [values[values.length >> 1], values.at(-1)];
  if (low === undefined || middle === undefined || high === undefined) return null;
  return { value: middle, low, high };
}
