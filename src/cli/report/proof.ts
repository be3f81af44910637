/** The report of the overwrite test: who owned the bytes, path by path, and what that means. */
import type { ProofResult, ProofSeries } from '#model/result.ts';
import { formatFactors } from '#model/words/factors.ts';
import { concludeProof, crossChecks, ownershipOf, proofSeries } from '#model/words/proof.ts';
import { formatBytes } from '#model/words/units.ts';
import { facts } from './facts.ts';
import { allNotes, fittingNotes, notesOf } from './notes.ts';
import { type Entry, MOST_LINES, type ReportOptions } from './options.ts';
import { paintMark, senderActors } from './path-marks.ts';
import { type Column, layOutTable } from './table.ts';
import { paint, spell, wrap } from './text.ts';

/** Lines of a proof's report. */
export function renderProof(result: ProofResult, entry: Entry, options: ReportOptions): string[] {
  const say = (text: string) => wrap(spell(text, options), options.width);
  const { text, meaning } = concludeProof(result, entry.variants);
  const lines = [
    ...say(text).map((line) => paint(line, 'bold', options)),
    '',
    ...ownerTable(result, entry, options),
    '',
    ...meaning.flatMap(say),
    ...say(crossChecks(result, entry.variants).text),
  ];
  const notes = notesOf(result, entry);
  if (!options.verbose) return [...lines, ...fittingNotes(notes, MOST_LINES - lines.length, options)];
  const details = [...sampleTable(result, entry, options), '', ...facts(result, entry, options)];
  return [...lines, ...allNotes(notes, options), '', ...details];
}

/** A row a path, a column a link. */
function ownerTable(result: ProofResult, { variants }: Entry, options: ReportOptions): string[] {
  const series = proofSeries(result);
  const links = [...new Set(series.map(({ factors }) => formatFactors(factors)))];
  const tried = new Set([...series, ...result.cannotRun].map(({ variant }) => variant));
  const names = [...new Set([...Object.keys(variants), ...tried])].filter((name) => tried.has(name));
  const columns: Column[] = [
    { name: 'path', head: ['the bytes of', ''], align: 'left', cells: names.map((name) => variants[name] ?? name) },
    ...links.map((link): Column => {
      const cells = names.map((name) => {
        const one = series.find(({ variant, factors }) => variant === name && formatFactors(factors) === link);
        return one ? ownerCell(one, options) : '  cannot run here';
      });
      return { name: `over ${link}`, head: [link && `  over ${link}`, ''], align: 'left', cells };
    }),
  ];
  return withLeftOut(columns, options);
}

/** The mark says what is known: new bytes show a reference; old bytes alone show no CPU copy, the path's model does. */
function ownerCell(series: ProofSeries, options: ReportOptions): string {
  const { owner, text } = ownershipOf(series);
  const copied = owner === 'copy' && senderActors(series.variant).includes('cpu');
  if (owner === 'file') return `${paintMark('reference', options)} ${text}`;
  if (owner === 'copy') return `${copied ? paintMark('cpu', options) : ' '} ${text}`;
  return `${paint('!', 'yellow', options)} ${text}`;
}

/** What arrived in every run, for the reader who wants to judge alone. */
function sampleTable({ series }: ProofResult, { variants }: Entry, options: ReportOptions): string[] {
  const rows = series.flatMap(({ variant, factors, samples }) =>
    samples.map((sample) => ({ variant, factors, sample })),
  );
  const bytes = (
    head: string,
    name: 'sentBytes' | 'overwrittenBytes' | 'oldBytes' | 'newBytes' | 'otherBytes',
  ): Column => ({
    name: head,
    head: [head, ''],
    align: 'right',
    cells: rows.map(({ sample }) => formatBytes(sample[name])),
  });
  const columns: Column[] = [
    { name: 'path', head: ['path', ''], align: 'left', cells: rows.map(({ variant }) => variants[variant] ?? variant) },
    { name: 'over', head: ['over', ''], align: 'left', cells: rows.map(({ factors }) => formatFactors(factors)) },
    bytes('sent', 'sentBytes'),
    bytes('overwritten', 'overwrittenBytes'),
    bytes('old', 'oldBytes'),
    bytes('new', 'newBytes'),
    bytes('other', 'otherBytes'),
  ];
  return withLeftOut(columns, options);
}

function withLeftOut(columns: readonly Column[], options: ReportOptions): string[] {
  const { lines, leftOut } = layOutTable(columns, options);
  return leftOut.length === 0 ? [...lines] : [...lines, spell(`Too narrow for: ${leftOut.join(', ')}.`, options)];
}
