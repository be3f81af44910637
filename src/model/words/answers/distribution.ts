/** How long requests took, the middle and the tail: the answer of a lab that asks for latency. */
import type { Factors, TimeResult, TimeSeries } from '../../result.ts';
import { type Comparison, compare } from '../../statistics/compare.ts';
import { claimsDifference } from '../../statistics/estimate.ts';
import { type Distribution, distribution, shares } from '../../statistics/percentile.ts';
import { factorGroups, pooledSamples, sameFactors } from '../../statistics/series.ts';
import { changeText, intervalText } from '../conclusion.ts';
import { formatCount, formatDuration } from '../units.ts';
import { type AnswerEntry, type AnswerText, groupTitle, listed, sentenceOf, titleOf, variantsIn } from './answer.ts';

export interface Spread {
  readonly series: TimeSeries;
  readonly title: string;
  readonly found: Distribution;
}

/** Says how the latencies of each variant lie. */
export function distributionText(result: TimeResult, entry: AnswerEntry): AnswerText {
  const groups = factorGroups(result)
    .map((factors) => ({ factors, rows: spreads(result, entry, factors) }))
    .filter(({ rows }) => rows.length > 0);
  const said = groups.flatMap(({ factors, rows }) => {
    const place = groupTitle(result, factors, entry);
    const texts = [
      middleText(rows),
      ...rows.flatMap((row) => comparisonText(result, row, rows, entry)),
      tailText(rows),
    ];
    return texts.filter(Boolean).map((text) => sentenceOf(place, text));
  });
  const told = shares.filter((share) => groups.some(({ rows }) => rows.some(({ found }) => textAt(found, share))));
  const [text = 'No request was timed.', ...meaning] = said;
  return {
    text,
    meaning,
    table: {
      corner: ['requests took', 'at most'],
      columns: [
        ...told.map((share) => [shareName(share), share === 0.5 ? '(median)' : ''] as const),
        ['slowest', ''],
        ['requests', ''],
      ],
      groups: groups.map(({ factors, rows }) => ({
        title: groupTitle(result, factors, entry),
        rows: rows.map(({ title, found }) => ({
          title,
          cells: [
            ...told.map((share) => textAt(found, share) ?? '–'),
            formatDuration(found.slowestNs),
            formatCount(found.requests),
          ],
        })),
      })),
    },
  };
}

/** The distributions under one setting, in the order of the catalogue; the baseline's two runs together. */
export function spreads(result: TimeResult, entry: AnswerEntry, factors: Factors): Spread[] {
  const order = variantsIn(result, entry);
  return result.series
    .filter((series) => series.role !== 'repeat' && sameFactors(series.factors, factors))
    .sort((a, b) => order.indexOf(a.variant) - order.indexOf(b.variant))
    .flatMap((series) => {
      const found = distribution(pooledSamples(result, series));
      return found ? [{ series, title: titleOf(entry, series.variant), found }] : [];
    });
}

/** `50 %`, `99.9 %`. */
export function shareName(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}

function textAt({ percentiles }: Distribution, share: number): string | null {
  const one = percentiles.find((each) => each.share === share);
  return one ? formatDuration(one.ns) : null;
}

function middleText(rows: readonly Spread[]): string {
  const parts = rows.flatMap(({ title, found }) => {
    const text = textAt(found, 0.5);
    return text ? [`${text} with ${title}`] : [];
  });
  if (parts.length === 0) return 'too few requests for a median: it needs 20.';
  return `half of the requests took at most ${listed(parts)}.`;
}

/** The furthest percentile that all of them have. */
function tailText(rows: readonly Spread[]): string {
  const share = [...shares].reverse().find((one) => rows.every(({ found }) => textAt(found, one) !== null));
  if (share === undefined || share === 0.5) return '';
  const parts = rows.map(({ title, found }) => `${textAt(found, share)} with ${title}`);
  return `${shareName(share)} took at most ${listed(parts)}.`;
}

/** A variant's median against the baseline's, round by round. */
function comparisonText(result: TimeResult, { series, title }: Spread, rows: readonly Spread[], entry: AnswerEntry) {
  if (series.role === 'baseline' || !rows.some((row) => row.series.role === 'baseline')) return [];
  const baseline = titleOf(entry, result.baseline);
  return medianText(compare(result, series, 'latency.p50'), title, baseline) ?? [];
}

function medianText(comparison: Comparison, title: string, baseline: string): string | null {
  if (comparison.state !== 'estimate') return null;
  const interval = intervalText(comparison);
  if (!claimsDifference(comparison))
    return `no difference could be seen between the medians of ${title} and ${baseline} (${interval}).`;
  return `the median with ${title} was ${thanText(comparison.ratio, baseline)} (${interval}).`;
}

function thanText(ratio: number, baseline: string): string {
  return ratio >= 2 ? `${changeText(ratio)} as with ${baseline}` : `${changeText(ratio)} than with ${baseline}`;
}
