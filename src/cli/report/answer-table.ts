/**
 * The table of an answer. A group that has few of the columns is told row by row under it: what only one group can have
 * would else be a column of dashes for all others.
 */
import type { AnswerGroup, AnswerTable } from '#model/words/answers/index.ts';
import type { ReportOptions } from './options.ts';
import { layOutTable } from './table.ts';
import { spell, wrap } from './text.ts';

const NOTHING = '–';

/** The first `shown` groups, each under its settings, and what is left out. */
export function tableLines(table: AnswerTable, shown: number, options: ReportOptions): string[] {
  const { columns, groups } = table;
  const say = (text: string) => wrap(spell(text, options), options.width);
  const kept = groups.slice(0, shown);
  const sparse = kept.filter((group) => filledColumns(group).length < columns.length / 2);
  const dense = kept.filter((group) => !sparse.includes(group));
  const missing = groups.slice(shown).map(({ title }) => title);
  return [
    ...(dense.length > 0 ? denseLines(table, dense, options) : []),
    ...sparse.flatMap((group) => rowLines(table, group, options)),
    ...(missing.length > 0 ? say(`With --verbose also: ${missing.join('; ')}.`) : []),
  ];
}

/** Numbers of the columns in which a row of the group has something. */
function filledColumns({ rows }: AnswerGroup): number[] {
  const widest = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return Array.from({ length: widest }, (_, at) => at).filter((at) =>
    rows.some(({ cells }) => (cells[at] ?? NOTHING) !== NOTHING),
  );
}

function denseLines(
  { corner, columns }: AnswerTable,
  groups: readonly AnswerGroup[],
  options: ReportOptions,
): string[] {
  const say = (text: string) => wrap(spell(text, options), options.width);
  const used = columns
    .map((head, at) => ({ head, at }))
    .filter(({ at }) => groups.some((one) => filledColumns(one).includes(at)));
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
      ...used.map(({ head, at }) => ({
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
function rowLines({ columns }: AnswerTable, { title, rows }: AnswerGroup, options: ReportOptions): string[] {
  const told = rows.map((row) => {
    const facts = row.cells.flatMap((cell, at) =>
      cell === NOTHING ? [] : [`${(columns[at] ?? []).filter(Boolean).join(' ')} ${cell}`],
    );
    return `${row.title}: ${facts.length > 0 ? facts.join(', ') : 'nothing counted'}`;
  });
  return [
    ...(title ? wrap(spell(title, options), options.width) : []),
    ...told.flatMap((text) => wrap(spell(text, options), options.width - 2, '  ').map((line) => `  ${line}`)),
  ];
}
