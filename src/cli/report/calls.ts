/** The report of a lab that counts calls: what was found, a row a path and chunk, and how the models did. */
import type { CountResult, CountSeries } from '#model/result.ts';
import {
  allCalls,
  allFaults,
  allSwitches,
  concludeCounts,
  countsMeaning,
  middleOf,
  predictionText,
} from '#model/words/crossings.ts';
import { formatBytes, formatCount } from '#model/words/units.ts';
import { facts } from './facts.ts';
import { allNotes, fittingNotes, notesOf } from './notes.ts';
import { type Entry, MOST_LINES, type ReportOptions } from './options.ts';
import { type Column, layOutTable } from './table.ts';
import { paint, spell, wrap } from './text.ts';

/** Lines of a report. */
export function renderCalls(result: CountResult, entry: Entry, options: ReportOptions): string[] {
  const say = (text: string) => wrap(spell(text, options), options.width);
  const lines = [
    ...say(concludeCounts(result, entry.variants)).map((line) => paint(line, 'bold', options)),
    '',
    ...countTable(result, entry, options),
    '',
    ...say(countsMeaning),
    ...say(predictionText(result, entry.variants)),
  ];
  const notes = notesOf(result, entry);
  if (!options.verbose) return [...lines, ...fittingNotes(notes, MOST_LINES - lines.length, options)];
  return [
    ...lines,
    ...allNotes(notes, options),
    '',
    ...bytesByCall(result, entry, options),
    '',
    ...facts(result, entry, options),
  ];
}

/** Names of links that fit above a column. */
const HEADS: Readonly<Record<string, string>> = { tcp: 'TCP', 'tcp-100k': 'TCP 100 KiB', unix: 'AF_UNIX' };

type Row = readonly CountSeries[];
type Measure = (sample: CountSeries['samples'][number]) => number | null;

/** A row a path and chunk; calls, switches and faults, each link a column of its own where they differ by link. */
function countTable(result: CountResult, { variants }: Entry, options: ReportOptions): string[] {
  const rows: Row[] = [...Map.groupBy(result.series, ({ variant, factors }) => `${variant} ${factors.chunk}`).values()];
  const links = [...new Set(result.series.map(({ factors }) => String(factors.link)))];
  const measure = (name: string, of: Measure, link: string, first: boolean): Column => ({
    name: `${name} over ${HEADS[link] ?? link}`,
    head: [first ? name : '', HEADS[link] ?? link],
    align: 'right',
    cells: rows.map((row) => cell(row, of, link)),
  });
  const columns: Column[] = [
    {
      name: 'path',
      head: ['path', ''],
      align: 'left',
      cells: rows.map(([one]) => variants[one?.variant ?? ''] ?? one?.variant ?? ''),
    },
    { name: 'bytes a call', head: ['asked', 'a call'], align: 'right', cells: rows.map(([one]) => chunkText(one)) },
    ...links.map((link, at) => measure('calls', allCalls, link, at === 0)),
    ...links.map((link, at) => measure('switches', allSwitches, link, at === 0)),
    ...links.slice(0, 1).map((link) => measure('faults', allFaults, link, true)),
  ];
  const { lines, leftOut } = layOutTable(columns, options);
  return leftOut.length === 0
    ? [...lines]
    : [...lines, ...wrap(spell(`Too narrow for: ${leftOut.join(', ')}.`, options), options.width)];
}

function cell(row: Row, of: Measure, link: string): string {
  const series = row.find(({ factors }) => factors.link === link);
  const value = series ? middleOf(series, of) : null;
  return value === null ? '–' : formatCount(value);
}

function chunkText(series: CountSeries | undefined): string {
  const chunk = series?.factors.chunk;
  return typeof chunk === 'number' ? formatBytes(chunk) : 'whole';
}

/** With --verbose: which call put the bytes into the socket, and what was not accounted for. */
function bytesByCall({ series }: CountResult, { variants }: Entry, options: ReportOptions): string[] {
  const cells = (text: (one: CountSeries) => string) => series.map(text);
  const column = (name: string, align: Column['align'], text: (one: CountSeries) => string): Column => ({
    name,
    head: [name, ''],
    align,
    cells: cells(text),
  });
  return [
    ...layOutTable(
      [
        column('path', 'left', ({ variant }) => variants[variant] ?? variant),
        column('over', 'left', ({ factors }) => HEADS[String(factors.link)] ?? String(factors.link)),
        column('a call', 'right', chunkText),
        column('calls', 'left', ({ samples }) => pairs(samples[0]?.calls ?? {}, formatCount)),
        column('bytes by call', 'left', ({ samples }) => pairs(samples[0]?.bytesByCall ?? {}, formatBytes)),
        column('not accounted for', 'right', ({ samples }) => unaccounted(samples[0]?.unaccountedBytes)),
      ],
      options,
    ).lines,
  ];
}

function pairs(counts: Readonly<Record<string, number>>, format: (count: number) => string): string {
  return (
    Object.entries(counts)
      .map(([call, count]) => `${call} ${format(count)}`)
      .join(', ') || '–'
  );
}

function unaccounted(bytes: number | undefined): string {
  return bytes === undefined ? '–' : formatBytes(bytes);
}
