/** The report of a timed lab: the conclusion, one table, the noise, the warnings. */
import type { Factors, TimeResult } from '#model/result.ts';
import { factorGroups, healthWarnings, sameFactors, varyingFactors } from '#model/statistics.ts';
import { formatFactors } from '#model/words/factors.ts';
import { headline } from '#model/words/headline.ts';
import { noiseText } from '#model/words/noise.ts';
import { formatBytes } from '#model/words/units.ts';
import { facts } from './facts.ts';
import { missingGainNote } from './missing-gain.ts';
import { allNotes, fittingNotes, type Note, notesOf } from './notes.ts';
import { type Entry, MOST_LINES, type ReportOptions } from './options.ts';
import { paint, spell, wrap } from './text.ts';
import { timeDetails } from './time-details.ts';
import { timeTable } from './time-table.ts';

/** Lines of a timed result's report. */
export function renderTime(result: TimeResult, entry: Entry, options: ReportOptions): string[] {
  const { main, beside, series } = headline(result, entry.variants);
  const say = (text: string) => wrap(spell(text, options), options.width);
  const conclusion = [
    ...say(main.text).map((line) => paint(line, 'bold', options)),
    ...(beside ? say(beside) : []),
    '',
  ];
  const notes = [...missingGainNote(result, entry), ...notesOf(result, entry, healthWarnings(result, 'totalCpuNs'))];
  const groups = leadingFirst(factorGroups(result), series?.factors);
  if (!options.verbose) {
    return [...conclusion, ...fittingBody(result, entry, groups, notes, MOST_LINES - conclusion.length, options)];
  }
  return [
    ...conclusion,
    ...tableLines(result, entry, groups, options),
    ...noiseLines(result, options),
    ...allNotes(notes, options),
    ...timeDetails(result, entry, options),
    '',
    ...facts(result, entry, options),
  ];
}

/** The table with as many groups as fit together with the noise and a word about every note. */
function fittingBody(
  result: TimeResult,
  entry: Entry,
  groups: readonly Factors[],
  notes: readonly Note[],
  room: number,
  options: ReportOptions,
): string[] {
  for (let count = groups.length; ; count--) {
    const body = [...tableLines(result, entry, groups.slice(0, count), options), ...noiseLines(result, options)];
    const under = fittingNotes(notes, room - body.length, options);
    if (body.length + under.length <= room || count <= 1) return [...body, ...under];
  }
}

/** The table, and what it leaves out: columns for want of width, groups for want of lines. */
function tableLines(result: TimeResult, entry: Entry, shown: readonly Factors[], options: ReportOptions): string[] {
  const { lines, leftOut } = timeTable(result, entry.variants, shown, options);
  const all = factorGroups(result);
  const missing = all.filter((group) => !shown.some((one) => sameFactors(one, group)));
  const named = missing.map((group) => formatFactors(group, varyingFactors(all))).join('; ');
  return [
    ...lines,
    ...(leftOut.length > 0 ? wrap(spell(`Too narrow for: ${leftOut.join(', ')}.`, options), options.width) : []),
    ...(named ? wrap(spell(`With --verbose also: ${named}.`, options), options.width) : []),
  ];
}

/** How much was measured, and how small a difference could be seen. */
function noiseLines(result: TimeResult, options: ReportOptions): string[] {
  const samples = result.series.flatMap((series) => series.samples);
  const rounds = new Set(samples.map(({ round }) => round)).size;
  const bytes = [...new Set(samples.map((sample) => sample.bytes))];
  const of = bytes.length === 1 ? ` of ${formatBytes(bytes[0] ?? 0)}` : '';
  const chunks = [...new Set(result.series.map(({ factors }) => factors.chunk))];
  const each = typeof chunks[0] === 'number' && chunks.length === 1 ? `, ${formatFactors({ chunk: chunks[0] })}` : '';
  const text = `${rounds} ${rounds === 1 ? 'round' : 'rounds'}${of}${each}; noise on this machine: ${noiseText(result, 'totalCpuNs')}.`;
  return wrap(spell(text, options), options.width);
}

/** The group that the conclusion speaks of leads. */
function leadingFirst(groups: readonly Factors[], leading: Factors | undefined): readonly Factors[] {
  if (!leading) return groups;
  return [leading, ...groups.filter((group) => !sameFactors(group, leading))];
}
