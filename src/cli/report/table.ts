/** Aligned columns that fit a width: where they do not, columns go from the right, and the table says which. */
import { stripVTControlCharacters } from 'node:util';
import type { ReportOptions } from './options.ts';
import { paint, spell } from './text.ts';

export interface Column {
  /** What the column is called when it had to be left out. */
  readonly name: string;
  /** Two lines of heading; the second may be empty. */
  readonly head: readonly [string, string];
  readonly align: 'left' | 'right';
  /** One cell a row. They may be coloured already. */
  readonly cells: readonly string[];
}

export interface Table {
  readonly lines: readonly string[];
  /** Names of the columns that the width had no room for. */
  readonly leftOut: readonly string[];
}

/** Lays out the columns with two spaces between them, or one, or fewer columns: the first of these that fits. */
export function layOutTable(columns: readonly Column[], options: ReportOptions): Table {
  const spelled = columns.map((column) => ({
    ...column,
    head: column.head.map((cell) => spell(cell, options)),
    cells: column.cells.map((cell) => spell(cell, options)),
  }));
  const widths = spelled.map(({ head, cells }) => Math.max(...[...head, ...cells].map(visibleLength)));
  const { count, gap } = fitting(widths, options.width);
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => pad(cell, widths[at] ?? 0, columns[at]?.align ?? 'left'))
      .join(' '.repeat(gap))
      .trimEnd();
  const kept = spelled.slice(0, count);
  const heads = [0, 1].map((at) => line(kept.map(({ head }) => head[at] ?? ''))).filter((text) => text !== '');
  const rows = Array.from({ length: kept[0]?.cells.length ?? 0 }, (_, at) =>
    line(kept.map(({ cells }) => cells[at] ?? '')),
  );
  return {
    lines: [...heads.map((text) => paint(text, 'dim', options)), ...rows],
    leftOut: columns.slice(count).map(({ name }) => name),
  };
}

/** At least two columns stay, however narrow the terminal. */
function fitting(widths: readonly number[], width: number): { count: number; gap: number } {
  for (let count = widths.length; count > 2; count--) {
    const text = widths.slice(0, count).reduce((sum, one) => sum + one, 0);
    for (const gap of [2, 1]) {
      if (text + gap * (count - 1) <= width) return { count, gap };
    }
  }
  return { count: Math.min(2, widths.length), gap: 2 };
}

function pad(cell: string, width: number, align: Column['align']): string {
  const space = ' '.repeat(Math.max(0, width - visibleLength(cell)));
  return align === 'left' ? cell + space : space + cell;
}

function visibleLength(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
