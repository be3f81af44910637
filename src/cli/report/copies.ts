/** The report of a lab that counts the kernel's copies: how often each byte was copied, and where. */
import type { CopyPlace, Site } from '#model/count-sample.ts';
import type { CountResult, Factors } from '#model/result.ts';
import { copiesOf, copyPlaces, factorGroups, plainFactors, sameFactors } from '#model/statistics.ts';
import { concludeCopies, formatCopies, placeTitles } from '#model/words/copies.ts';
import { formatFactors } from '#model/words/factors.ts';
import { formatBytes, formatCount } from '#model/words/units.ts';
import { facts } from './facts.ts';
import { allNotes, fittingNotes, notesOf } from './notes.ts';
import { type Entry, MOST_LINES, type ReportOptions } from './options.ts';
import { type Column, layOutTable } from './table.ts';
import { paint, spell, wrap } from './text.ts';

/** Lines of the report. */
export function renderCopies(result: CountResult, entry: Entry, options: ReportOptions): string[] {
  const say = (text: string) => wrap(spell(text, options), options.width);
  const { text, meaning } = concludeCopies(result, entry.variants);
  const lines = [
    ...say(text).map((line) => paint(line, 'bold', options)),
    '',
    ...placeTable(result, entry, options),
    ...meaning.flatMap(say),
  ];
  const notes = notesOf(result, entry);
  if (!options.verbose) return [...lines, ...fittingNotes(notes, MOST_LINES - lines.length, options)];
  return [
    ...lines,
    ...allNotes(notes, options),
    '',
    ...groupTable(result, entry, options),
    '',
    ...siteList(result, entry, options),
    '',
    ...facts(result, entry, options),
  ];
}

/** A row a variant over the plainest link, a column a place. */
function placeTable(result: CountResult, { variants }: Entry, options: ReportOptions): string[] {
  const plain = plainFactors(result);
  const rows = Object.keys(variants).flatMap((variant) => {
    const copies = copiesOf(result, variant, plain);
    return copies ? [{ variant, copies }] : [];
  });
  const number = (first: string, second: string, cell: (row: (typeof rows)[number]) => number): Column => ({
    name: `${first} ${second}`,
    head: [first, second],
    align: 'right',
    cells: rows.map((row) => formatCopies(cell(row))),
  });
  const place = (which: CopyPlace) => {
    const [first = '', ...rest] = placeTitles[which].split(/ (?=to |the )/);
    return number(first, rest.join(' '), ({ copies }) => copies.places[which]);
  };
  const { fileSystem: _, ...told } = plain;
  const columns: Column[] = [
    {
      name: 'path',
      head: [formatFactors(told), 'copies of each byte'],
      align: 'left',
      cells: rows.map(({ variant }) => variants[variant] ?? variant),
    },
    ...copyPlaces.map(place),
    number('all', 'copies', ({ copies }) => copies.total),
    number('by', 'reference', ({ copies }) => copies.referenced),
  ];
  return layOut(columns, options);
}

/** A row a variant, a column a link, receiver or file system: all copies of each byte. */
function groupTable(result: CountResult, { variants }: Entry, options: ReportOptions): string[] {
  const groups = factorGroups(result).filter((group) => !sameFactors(group, plainFactors(result)));
  const names = Object.keys(variants).filter((variant) => result.series.some((one) => one.variant === variant));
  const lines = groups.flatMap((group) => [
    `${groupTitle(group)}:`,
    ...names.flatMap((variant) => {
      const copies = copiesOf(result, variant, group);
      if (!copies) return [];
      const places = copyPlaces.filter((place) => copies.places[place] >= 0.005);
      const parts = places.map((place) => `${formatCopies(copies.places[place])} ${placeTitles[place]}`);
      const [least, most] = copies.range;
      const range = most - least < 0.005 ? '' : ` (${formatCopies(least)} to ${formatCopies(most)})`;
      const made = parts.length > 0 ? `: ${parts.join(', ')}` : '';
      return [`  ${(variants[variant] ?? variant).padEnd(28)} ${formatCopies(copies.total)}${range}${made}`];
    }),
  ]);
  return ['Copies of each byte elsewhere, the receiver included', ...lines].map((line) => spell(line, options));
}

/** The functions that copied, referred or encrypted, with their callers, for every series. */
function siteList(result: CountResult, { variants }: Entry, options: ReportOptions): string[] {
  const lines = result.series.flatMap(({ variant, factors, samples }) => [
    `${variants[variant] ?? variant}, ${groupTitle(factors)}:`,
    ...(samples[0]?.sites ?? []).map(siteText),
  ]);
  return ['Where it happened (first transfer of each)', ...lines].flatMap((line) =>
    wrap(spell(line, options), options.width),
  );
}

/** One function that copied, with its callers. */
export function siteText({ what, place, function: name, stack, bytes, hits }: Site): string {
  const where = place ? ` ${placeTitles[place]}` : '';
  const callers = stack.slice(0, 4).join(' ← ');
  return `  ${what}${where}: ${formatBytes(bytes)} in ${formatCount(hits)}, ${name}${callers ? ` ← ${callers}` : ''}`;
}

function groupTitle(factors: Factors): string {
  return formatFactors(factors);
}

function layOut(columns: readonly Column[], options: ReportOptions): string[] {
  const { lines, leftOut } = layOutTable(columns, options);
  return leftOut.length === 0 ? [...lines] : [...lines, spell(`Too narrow for: ${leftOut.join(', ')}.`, options)];
}
