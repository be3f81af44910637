/**
 * The table of an answer. A group that has few of the columns is told row by row under it: what only one group can have
 * would else be a column of dashes for all others.
 */
import { type AnswerRow, type AnswerTable, partsOf } from '#model/words/answers/index.ts';
import type { ReportOptions } from './options.ts';
import { layOutTable } from './table.ts';
import { spell, wrap } from './text.ts';

/** The first `shown` groups, each under its settings, and what is left out. */
export function tableLines(table: AnswerTable, shown: number, options: ReportOptions): string[] {
  const { dense, sparse } = partsOf({ ...table, groups: table.groups.slice(0, shown) });
  const missing = table.groups.slice(shown).map(({ title }) => title);
  return [
    ...(dense ? denseLines(dense, options) : []),
    ...sparse.flatMap((part) => rowLines(part, options)),
    ...(missing.length > 0 ? wrap(spell(`With --verbose also: ${missing.join('; ')}.`, options), options.width) : []),
  ];
}

function denseLines({ corner, columns, groups }: AnswerTable, options: ReportOptions): string[] {
  const say = (text: string) => wrap(spell(text, options), options.width);
  const titled = groups.some(({ title }) => title !== '');
  const rows = groups.flatMap((group) => group.rows);
  const { lines, leftOut } = layOutTable(
    [
      {
        name: corner[0],
        head: corner,
        align: 'left',
        cells: rows.map(({ title }) => (titled ? `  ${title}` : title)),
      },
      ...columns.map((head, at) => ({
        name: head.filter(Boolean).join(' '),
        head,
        align: 'right' as const,
        cells: rows.map(({ cells }) => cells[at] ?? ''),
      })),
    ],
    options,
  );
  const heads = lines.slice(0, lines.length - rows.length);
  let at = heads.length;
  const body = groups.flatMap((group) => {
    const own = lines.slice(at, at + group.rows.length);
    at += group.rows.length;
    return [...(group.title ? say(group.title) : []), ...own];
  });
  return [...heads, ...body, ...(leftOut.length > 0 ? say(`Too narrow for: ${leftOut.join(', ')}.`) : [])];
}

/** `  pages that follow each other: areas mapped 200,000`. */
function rowLines({ columns, groups }: AnswerTable, options: ReportOptions): string[] {
  return groups.flatMap(({ title, rows }) => [
    ...(title ? wrap(spell(title, options), options.width) : []),
    ...rows
      .map((row) => toldRow(columns, row))
      .flatMap((text) => wrap(spell(text, options), options.width - 2, '  ').map((line) => `  ${line}`)),
  ]);
}

function toldRow(columns: AnswerTable['columns'], { title, cells }: AnswerRow): string {
  const facts = cells.flatMap((cell, at) =>
    cell === '–' ? [] : [`${(columns[at] ?? []).filter(Boolean).join(' ')} ${cell}`],
  );
  return `${title}: ${facts.length > 0 ? facts.join(', ') : 'nothing counted'}`;
}
