/** Two results beside each other, for a terminal. */
import type { AnswerDifferences, Compared, Difference } from '#model/compare/index.ts';
import type { LabResult } from '#model/result.ts';
import { factorGroups, varyingFactors } from '#model/statistics.ts';
import type { AnswerEntry } from '#model/words/answers/index.ts';
import {
  comparedName,
  comparedText,
  differenceText,
  measureTitle,
  runName,
  spanText,
  verdictWord,
} from '#model/words/compare.ts';
import { MOST_LINES, type ReportOptions } from './options.ts';
import { layOutTable } from './table.ts';
import { paint, spell, wrap } from './text.ts';

export interface ComparedResults {
  readonly a: LabResult;
  readonly b: LabResult;
  readonly entry: AnswerEntry;
  readonly environment: readonly Difference[];
  readonly answers: AnswerDifferences;
}

/** Lines for one pair: the conclusion, what differs in the answer, what differs around it. */
export function renderComparison(pair: ComparedResults, options: ReportOptions): string[] {
  const { a, b, answers, environment, entry } = pair;
  const say = (text: string, indent = '') => wrap(spell(text, options), options.width, indent);
  const head = [
    ...say(`${a.lab}: ${comparedText(answers)}`).map((line) => paint(line, 'bold', options)),
    ...say(`A: ${runName(a)}`),
    ...say(`B: ${runName(b)}`),
    '',
  ];
  const around =
    environment.length === 0
      ? ['Machines and settings are the same.']
      : [
          'What else differs (A and B)',
          ...environment.flatMap((one) => say(differenceText(one), '  ').map((line) => `  ${line}`)),
        ];
  const only = (where: string, list: AnswerDifferences['onlyA']) =>
    list.length === 0
      ? []
      : say(
          `Only in ${where}: ${[...new Set(list.map(({ variant }) => entry.variants[variant] ?? variant))].join(', ')}.`,
        );
  const tail = [...only('A', answers.onlyA), ...only('B', answers.onlyB)];
  const rows = differingFirst(answers.compared);
  if (options.verbose) return [...head, ...table(pair, rows, options), ...tail, '', ...around];
  const room = MOST_LINES - head.length - tail.length - 3;
  const forRows = Math.max(4, room - Math.min(around.length, 8));
  const shown = rows.length <= forRows - 2 ? rows : rows.slice(0, forRows - 3);
  const more = rows.length - shown.length;
  const lines = [
    ...head,
    ...table(pair, shown, options),
    ...(more > 0 ? [`${more} more: --verbose`] : []),
    ...tail,
    '',
  ];
  const left = MOST_LINES - lines.length;
  if (around.length <= left) return [...lines, ...around];
  return [...lines, ...around.slice(0, left - 1), 'More settings differ: --verbose'];
}

/** Lines for folders: a line a lab. */
export function renderOverview(
  pairs: readonly ComparedResults[],
  alone: readonly string[],
  options: ReportOptions,
): string[] {
  const differing = pairs.filter(({ answers }) => answers.compared.some(({ verdict }) => verdict === 'differs'));
  const conclusion =
    differing.length === 0
      ? `No answer of ${pairs.length} ${pairs.length === 1 ? 'lab' : 'labs'} differs by more than the noise of either.`
      : `Answers differ by more than the noise of either in ${differing.length} of ${pairs.length} labs.`;
  const say = (text: string, indent = '') => wrap(spell(text, options), options.width, indent);
  return [
    ...say(conclusion).map((line) => paint(line, 'bold', options)),
    ...pairs.flatMap(({ a, answers }) => say(`${a.lab}: ${comparedText(answers)}`, '  ')),
    ...(alone.length > 0 ? say(`In one folder only: ${alone.join(', ')}.`) : []),
    ...(options.verbose ? pairs.flatMap((pair) => ['', ...renderComparison(pair, options)]) : []),
  ];
}

function differingFirst(compared: readonly Compared[]): Compared[] {
  const order = ['differs', 'unknown', 'same'];
  return [...compared].sort((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict));
}

function table({ a, entry }: ComparedResults, rows: readonly Compared[], options: ReportOptions): string[] {
  if (rows.length === 0) return [];
  const varying = varyingFactors(factorGroups(a));
  const column = (
    head: readonly [string, string],
    cell: (row: Compared) => string,
    align: 'left' | 'right' = 'left',
  ) => ({
    name: head[0],
    head,
    align,
    cells: rows.map(cell),
  });
  const ratios = rows.some(({ as }) => as === 'ratio');
  const below = ratios ? '(95 % interval)' : '';
  return [
    ...layOutTable(
      [
        column(
          [ratios ? `${measureTitle(rows[0]?.measure ?? '', entry)},` : '', ratios ? 'against the baseline' : ''],
          (row) => clipped(comparedName(row, entry, varying), ratios, options),
        ),
        column(['A', below], (row) => spanText(row, row.a, entry)),
        column(['B', below], (row) => spanText(row, row.b, entry)),
        column(['', ''], verdictWord),
      ],
      options,
    ).lines,
  ];
}

/** Names leave room for the numbers. */
function clipped(name: string, ratios: boolean, { width, unicode }: ReportOptions): string {
  const most = Math.max(20, width - (ratios ? 56 : 40));
  return name.length <= most ? name : `${name.slice(0, most - (unicode ? 1 : 3))}${unicode ? '…' : '...'}`;
}
