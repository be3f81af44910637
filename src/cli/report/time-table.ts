/** The table of a timed result: a row a path, the links one after the other. */
import type { Factors, TimeResult, TimeSeries } from '#model/result.ts';
import {
  callsPerGiB,
  compare,
  factorGroups,
  faultsPerGiB,
  nsPerGiB,
  pooledSamples,
  sameFactors,
  switchesPerGiB,
  varyingFactors,
} from '#model/statistics.ts';
import { formatFactors } from '#model/words/factors.ts';
import { wallCompares } from '#model/words/headline.ts';
import { marks } from '#model/words/marks.ts';
import { formatCount, type TimeUnit, timeUnitFor } from '#model/words/units.ts';
import type { ReportOptions } from './options.ts';
import { paintMark, senderActors } from './path-marks.ts';
import { type Column, layOutTable, type Table } from './table.ts';
import { wrap } from './text.ts';

/** Lays out the rows of these groups. @param titles variant name → title, in the order of the rows */
export function timeTable(
  result: TimeResult,
  titles: Readonly<Record<string, string>>,
  groups: readonly Factors[],
  options: ReportOptions,
): Table {
  const blocks = groups.map((factors) => rowsOf(result, titles, factors));
  const rows = blocks.flat();
  const durations = durationFormat(result, rows);
  const several = factorGroups(result).length > 1;
  const columns: (Column | false)[] = [
    several && groupColumn(result, groups, blocks),
    pathColumn(rows, titles, options),
    number('total CPU', 'total CPU', `${durations.unit}/GiB`, rows, (row) => durations.format(row, 'totalCpuNs')),
    {
      name: 'ratio',
      head: ['ratio', '(95 % interval)'],
      align: 'left',
      cells: rows.map((series) => ratioText(result, series)),
    },
    number("sender's CPU", "sender's", `${durations.unit}/GiB`, rows, (row) => durations.format(row, 'senderCpuNs')),
    wallCompares(result) &&
      number('wall time', 'wall', `${durations.unit}/GiB`, rows, (row) => durations.format(row, 'wallNs')),
    number('calls', 'calls', '/GiB', rows, (row) => callsText(result, row)),
    number('faults', 'faults', '/GiB', rows, (row) => formatCount(faultsPerGiB(pooledSamples(result, row)))),
    number('switches', 'switches', '/GiB', rows, (row) => formatCount(switchesPerGiB(pooledSamples(result, row)))),
  ];
  return layOutTable(
    columns.filter((column) => column !== false),
    options,
  );
}

/**
 * Series of one group in the order of the titles; those without a title last. The baseline's repeat has no row of its
 * own.
 */
function rowsOf(result: TimeResult, titles: Readonly<Record<string, string>>, factors: Factors): TimeSeries[] {
  const names = Object.keys(titles);
  const place = ({ variant }: TimeSeries) => (names.includes(variant) ? names.indexOf(variant) : names.length);
  return result.series
    .filter((series) => series.role !== 'repeat' && sameFactors(series.factors, factors))
    .sort((a, b) => place(a) - place(b));
}

/** The group's settings, broken over its own rows: as narrow as their number allows. */
function groupColumn(result: TimeResult, groups: readonly Factors[], blocks: readonly TimeSeries[][]): Column {
  const varying = varyingFactors(factorGroups(result));
  const cells = groups.flatMap((factors, at) => {
    const height = blocks[at]?.length ?? 0;
    const text = formatFactors(factors, varying);
    let width = 8;
    while (wrap(text, width).length > height && width < text.length) width++;
    return Object.assign(Array<string>(height).fill(''), wrap(text, width));
  });
  return { name: 'link', head: ['', ''], align: 'left', cells };
}

function pathColumn(
  rows: readonly TimeSeries[],
  titles: Readonly<Record<string, string>>,
  options: ReportOptions,
): Column {
  const actors = rows.map(({ variant }) => senderActors(variant));
  const widest = Math.max(...actors.map((list) => list.length));
  const cells = rows.map(({ variant }, at) => {
    const list = actors[at] ?? [];
    const title = titles[variant] ?? variant;
    if (widest === 0) return title;
    return `${list.map((actor) => paintMark(actor, options)).join('')}${' '.repeat(widest - list.length)} ${title}`;
  });
  const legend = (['cpu', 'reference'] as const).map((actor) => `${marks[actor].mark} ${marks[actor].title}`);
  return { name: 'path', head: widest === 0 ? ['path', ''] : [legend[0] ?? '', legend[1] ?? ''], align: 'left', cells };
}

function number(
  name: string,
  head: string,
  unit: string,
  rows: readonly TimeSeries[],
  text: (row: TimeSeries) => string,
): Column {
  return { name, head: [head, unit], align: 'right', cells: rows.map(text) };
}

/** `0.58 (0.55–0.61)`; 1 for the baseline, a dash where there is no interval. */
function ratioText(result: TimeResult, series: TimeSeries): string {
  if (series.role === 'baseline') return '1';
  const comparison = compare(result, series, 'totalCpuNs');
  if (comparison.state !== 'estimate') return '–';
  const [ratio, low, high] = [comparison.ratio, comparison.low, comparison.high].map((one) => one.toFixed(2));
  return `${ratio} (${low}–${high})`;
}

/** One unit and one number of decimals for all durations of the table. */
function durationFormat(result: TimeResult, rows: readonly TimeSeries[]) {
  const median = (row: TimeSeries, measure: 'totalCpuNs' | 'senderCpuNs' | 'wallNs') =>
    nsPerGiB(pooledSamples(result, row), measure).median;
  const longest = Math.max(...rows.flatMap((row) => [median(row, 'totalCpuNs'), median(row, 'wallNs')]));
  const { unit, size }: TimeUnit = timeUnitFor(longest);
  const decimals = longest / size >= 100 ? 0 : 1;
  const format = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return { unit, format: (...args: Parameters<typeof median>) => format.format(median(...args) / size) };
}

/** All calls together; a dash where nobody counted them. */
function callsText(result: TimeResult, row: TimeSeries): string {
  const calls = callsPerGiB(pooledSamples(result, row));
  return calls ? formatCount(Object.values(calls).reduce((sum, count) => sum + count, 0)) : '–';
}
