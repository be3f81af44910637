/** Percentiles of latencies as dots on a logarithmic axis of time: positions in percent of the plot's width. */
import type { TimeResult } from '#model/result.ts';
import { factorGroups } from '#model/statistics.ts';
import { type AnswerEntry, formatDuration, groupTitle, shareName, spreads } from '#model/words/index.ts';
import { logScale } from './scale.ts';

export interface SpreadRow {
  readonly title: string;
  /** Stands beside the row: `50 % 45 µs, 99 % 210 µs`. */
  readonly amount: string;
  readonly dots: readonly { readonly at: number; readonly share: number }[];
}

export interface SpreadChart {
  readonly groups: readonly { readonly title: string; readonly rows: readonly SpreadRow[] }[];
  /** One axis for all groups, so that warm and cold can be held against each other. */
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** The percentiles that some row has, as they are called. */
  readonly shares: readonly { readonly share: number; readonly name: string }[];
}

/** Places the percentiles that have enough requests beyond them; rows without any are left out. */
export function drawSpread(result: TimeResult, entry: AnswerEntry): SpreadChart {
  const groups = factorGroups(result)
    .map((factors) => ({
      title: groupTitle(result, factors, entry),
      rows: spreads(result, entry, factors).filter(({ found }) => found.percentiles.length > 0),
    }))
    .filter(({ rows }) => rows.length > 0);
  const all = groups.flatMap(({ rows }) => rows.flatMap(({ found }) => found.percentiles));
  const times = all.map(({ ns }) => Math.max(1, ns));
  const scale = logScale([Math.min(...times) / 1.1, Math.max(...times) * 1.1], [0, 100]);
  const place = (ns: number) => Math.round(scale(Math.max(1, ns)) * 100) / 100;
  return {
    groups: groups.map(({ title, rows }) => ({
      title,
      rows: rows.map(({ title: name, found: { percentiles } }) => {
        const ends = [percentiles[0], percentiles.at(-1)].filter((one) => one !== undefined);
        return {
          title: name,
          amount: [...new Set(ends)].map(({ share, ns }) => `${shareName(share)} ${formatDuration(ns)}`).join(', '),
          dots: percentiles.map(({ share, ns }) => ({ at: place(ns), share })),
        };
      }),
    })),
    ticks: all.length === 0 ? [] : decades(scale.domain).map((ns) => ({ at: place(ns), label: formatDuration(ns) })),
    shares: [...new Set(all.map(({ share }) => share))].sort().map((share) => ({ share, name: shareName(share) })),
  };
}

/** Powers of ten inside the axis; where there are fewer than two, their halves and doubles too. */
function decades([low, high]: readonly [number, number]): number[] {
  const powers = Array.from({ length: 13 }, (_, at) => 10 ** at);
  const inside = (values: readonly number[]) => values.filter((value) => value >= low && value <= high);
  const tens = inside(powers);
  return tens.length >= 2 ? tens : inside(powers.flatMap((power) => [power, 2 * power, 5 * power]));
}
