/** The report of a lab that counts copies and encryptions: who copied, who encrypted, and by which calls the file left. */
import type { Site } from '#model/count-sample.ts';
import type { CountResult, CountSeries } from '#model/result.ts';
import { type CopiesPerByte, copiesPerByte, type EncryptionsPerByte, encryptionsPerByte } from '#model/statistics.ts';
import { formatCopies } from '#model/words/copies.ts';
import { formatFactors } from '#model/words/factors.ts';
import { carrierText, concludeTls, encrypters } from '#model/words/tls.ts';
import { siteText } from './copies.ts';
import { facts } from './facts.ts';
import { allNotes, fittingNotes, notesOf } from './notes.ts';
import { type Entry, MOST_LINES, type ReportOptions } from './options.ts';
import { type Column, layOutTable } from './table.ts';
import { paint, spell, wrap } from './text.ts';

interface Row {
  readonly series: CountSeries;
  readonly copies: CopiesPerByte;
  readonly encryptions: EncryptionsPerByte;
}

/** Lines of the report. */
export function renderTls(result: CountResult, entry: Entry, options: ReportOptions): string[] {
  const say = (text: string) => wrap(spell(text, options), options.width);
  const { text, meaning } = concludeTls(result, entry.variants);
  const rows = rowsOf(result);
  const main = Object.keys(encrypters).flatMap((link) => rows.filter(({ series }) => series.factors.link === link));
  const head = [...say(text).map((line) => paint(line, 'bold', options)), '', ...table(main, entry, options)];
  const notes = notesOf(result, entry);
  if (!options.verbose) {
    const told: string[] = [];
    for (const lines of meaning.map(say)) {
      if (head.length + told.length + lines.length <= MOST_LINES - Math.min(1, notes.length)) told.push(...lines);
    }
    return [...head, ...told, ...fittingNotes(notes, MOST_LINES - head.length - told.length, options)];
  }
  const others = rows.filter((row) => !main.includes(row));
  return [
    ...head,
    ...meaning.flatMap(say),
    ...allNotes(notes, options),
    '',
    ...table(others, entry, options),
    '',
    ...siteList(result, entry, options),
    '',
    ...facts(result, entry, options),
  ];
}

function rowsOf({ series }: CountResult): Row[] {
  return series.flatMap((one) => {
    const [copies, encryptions] = [copiesPerByte(one), encryptionsPerByte(one)];
    return copies && encryptions ? [{ series: one, copies, encryptions }] : [];
  });
}

/** A row a transfer, a column a place at which each byte was copied or encrypted. */
function table(rows: readonly Row[], { variants }: Entry, options: ReportOptions): string[] {
  const text = (name: string, head: readonly [string, string], cell: (row: Row) => string): Column => ({
    name,
    head,
    align: 'left',
    cells: rows.map(cell),
  });
  const number = (first: string, second: string, cell: (row: Row) => number): Column => ({
    name: `${first} ${second}`,
    head: [first, second],
    align: 'right',
    cells: rows.map((row) => formatCopies(cell(row))),
  });
  const elsewhere = rows.some(({ copies }) => copies.places.other >= 0.005);
  const columns: Column[] = [
    text('encrypted by', ['encrypted', 'by'], ({ series }) => encrypterOf(series)),
    text('path', ['copies of', 'each byte'], ({ series }) => variants[series.variant] ?? series.variant),
    number('file to', 'program', ({ copies }) => copies.places.fileToUser),
    number('program', 'to kernel', ({ copies }) => copies.places.userToKernel),
    number('in the', 'kernel', ({ copies }) => copies.places.inKernel),
    number('to the', 'receiver', ({ copies }) => copies.places.kernelToReceiver),
    ...(elsewhere ? [number('else-', 'where', ({ copies }) => copies.places.other)] : []),
    number('encrypted', 'in kernel', ({ encryptions }) => encryptions.encrypted),
    text('carried by', ['carried', 'by'], ({ series }) => carrierText(series)),
    number('decrypted', 'in kernel', ({ encryptions }) => encryptions.decrypted),
  ];
  const { lines, leftOut } = layOutTable(columns, options);
  const left =
    leftOut.length === 0 ? [] : wrap(spell(`Too narrow for: ${leftOut.join(', ')}.`, options), options.width);
  return [...lines, ...left];
}

function encrypterOf({ factors }: CountSeries): string {
  const link = String(factors.link);
  return Object.hasOwn(encrypters, link) ? encrypters[link as keyof typeof encrypters] : formatFactors({ link });
}

/** The functions that copied, referred, encrypted or decrypted, with their callers, for every series. */
function siteList({ series }: CountResult, { variants }: Entry, options: ReportOptions): string[] {
  const lines = series.flatMap(({ variant, factors, samples }) => [
    `${variants[variant] ?? variant}, ${formatFactors(factors)}:`,
    ...(samples[0]?.sites ?? []).filter(isPayload(samples[0]?.payloadBytes ?? 0)).map(siteText),
  ]);
  return ['Where it happened (first transfer of each, without the smallest)', ...lines].flatMap((line) =>
    wrap(spell(line, options), options.width),
  );
}

/** Headers of records and handshakes make many small sites. */
function isPayload(payload: number): (site: Site) => boolean {
  return ({ bytes }) => bytes >= payload * 0.005;
}
