/**
 * What --verbose adds to a timed report: for each link every measure with quartiles and interval, calls by name, the
 * noise.
 */
import type { Factors, TimeResult, TimeSeries } from '#model/result.ts';
import {
  baselinePair,
  type ClockMeasure,
  callsPerGiB,
  compare,
  factorGroups,
  noise,
  nsPerGiB,
  pooledSamples,
  sameFactors,
  varyingFactors,
} from '#model/statistics.ts';
import { formatFactors } from '#model/words/factors.ts';
import { wallCompares } from '#model/words/headline.ts';
import { formatCount, formatDuration, formatPercent, formatSpread } from '#model/words/units.ts';
import type { Entry, ReportOptions } from './options.ts';
import { type Column, layOutTable } from './table.ts';
import { paint, spell, wrap } from './text.ts';

/** Lines: a block for each link, with an empty line before it. */
export function timeDetails(result: TimeResult, entry: Entry, options: ReportOptions): string[] {
  const groups = factorGroups(result);
  return groups.flatMap((factors) => {
    const name = formatFactors(factors, ['link', ...varyingFactors(groups)]) || 'all rounds';
    const rows = result.series.filter((series) => series.role !== 'repeat' && sameFactors(series.factors, factors));
    const say = (text: string) => wrap(spell(text, options), options.width);
    return [
      '',
      ...say(`${name}: ${noiseText(result, factors)}`).map((line) => paint(line, 'bold', options)),
      ...measureTable(result, rows, entry, options),
      ...say(`Calls per GiB. ${rows.map((row) => callsText(result, row, entry)).join('; ')}.`),
      ...say(machineText(rows, entry)),
    ];
  });
}

function noiseText(result: TimeResult, factors: Factors): string {
  const own = noise(result, factors, 'totalCpuNs');
  if (own.state === 'no-baseline') return 'the baseline did not run twice a round, so the noise is not known';
  if (own.state === 'too-few-rounds')
    return `${own.rounds} rounds are too few to know the noise, ${own.needed} are needed`;
  const exact = (own.achieved * 100).toFixed(1);
  const taken = baselinePair(result, factors)?.baseline.samples.length ?? own.rounds;
  const rounds =
    taken > own.rounds ? `${own.rounds} of ${taken} rounds, the hypervisor took time in the others` : `${taken} rounds`;
  return `noise ${formatSpread(own.halfWidth)}, so about ${formatPercent(own.smallestEffect)} can be seen; ${rounds}, intervals of ${exact} %`;
}

/** A row for each path and measure, the path named in its first row. */
function measureTable(
  result: TimeResult,
  series: readonly TimeSeries[],
  { variants }: Entry,
  options: ReportOptions,
): readonly string[] {
  const measures = MEASURES.filter(({ measure }) => measure !== 'wallNs' || wallCompares(result));
  const rows = series.flatMap((one) =>
    measures.map(({ measure, name }, at) => {
      const { low, median, high } = nsPerGiB(pooledSamples(result, one), measure);
      const title = at === 0 ? (variants[one.variant] ?? one.variant) : '';
      return [title, name, ...[median, low, high].map(formatDuration), ratioText(result, one, measure)];
    }),
  );
  const columns = HEADS.map(([head, below, align], at): Column => {
    return { name: head, head: [head, below], align, cells: rows.map((row) => row[at] ?? '') };
  });
  return layOutTable(columns, options).lines;
}

const MEASURES: readonly { readonly measure: ClockMeasure; readonly name: string }[] = [
  { measure: 'totalCpuNs', name: 'total CPU' },
  { measure: 'senderCpuNs', name: "sender's CPU" },
  { measure: 'receiverCpuNs', name: "receiver's CPU" },
  { measure: 'wallNs', name: 'wall time' },
];

const HEADS: readonly (readonly [string, string, Column['align']])[] = [
  ['', '', 'left'],
  ['', 'per GiB', 'left'],
  ['', 'median', 'right'],
  ['lower', 'quartile', 'right'],
  ['upper', 'quartile', 'right'],
  ['ratio', '(95 % interval)', 'left'],
];

function ratioText(result: TimeResult, series: TimeSeries, measure: ClockMeasure): string {
  if (series.role === 'baseline') return '1';
  const comparison = compare(result, series, measure);
  if (comparison.state !== 'estimate') return '–';
  const [ratio, low, high] = [comparison.ratio, comparison.low, comparison.high].map((one) => one.toFixed(3));
  return `${ratio} (${low}–${high})`;
}

function callsText(result: TimeResult, series: TimeSeries, { variants }: Entry): string {
  const calls = callsPerGiB(pooledSamples(result, series));
  const counts = calls && Object.entries(calls).map(([name, count]) => `${name} ${formatCount(count)}`);
  return `${variants[series.variant] ?? series.variant}: ${counts?.join(', ') ?? 'not counted, only a trace could'}`;
}

/** CPU time of the whole machine, which also has what the kernel booked on no process or on others. */
function machineText(rows: readonly TimeSeries[], { variants }: Entry): string {
  const texts = rows.map(({ variant, machineCpuNs, samples }) => {
    const gib = samples.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 30;
    return `${variants[variant] ?? variant} ${machineCpuNs === null ? 'not known' : formatDuration(machineCpuNs / gib)}`;
  });
  return `CPU of the whole machine per GiB, to 10 ms a sample: ${texts.join('; ')}.`;
}
