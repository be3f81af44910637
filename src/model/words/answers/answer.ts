/**
 * What an answer of any shape comes to: a conclusion in plain words, what it means, and one table. The terminal and the site
 * lay out the same.
 */
import type { CatalogueEntry } from '../../catalogue.ts';
import type { Factors, LabResult } from '../../result.ts';
import type { Measure } from '../../statistics/measure.ts';
import { factorGroups, varyingFactors } from '../../statistics/series.ts';
import { capital } from '../capital.ts';
import { formatFactors } from '../factors.ts';
import { type MeasureWords, measureWords, workerWords } from '../quantities.ts';

/** What the catalogue says that an answer is worded with. */
export type AnswerEntry = Pick<CatalogueEntry, 'variants' | 'quantities' | 'factors'>;

export interface AnswerRow {
  readonly title: string;
  /** One a column. */
  readonly cells: readonly string[];
}

/** Rows under the same settings. */
export interface AnswerGroup {
  /** The settings that other groups do not share; empty where there is one group. */
  readonly title: string;
  readonly rows: readonly AnswerRow[];
}

export interface AnswerTable {
  /** What the rows' titles are: two lines of heading, the second may be empty. */
  readonly corner: readonly [string, string];
  readonly columns: readonly (readonly [string, string])[];
  readonly groups: readonly AnswerGroup[];
}

export interface AnswerText {
  /** The conclusion: one sentence. */
  readonly text: string;
  /** Further sentences, the most telling first. */
  readonly meaning: readonly string[];
  readonly table: AnswerTable;
}

/** A variant's title. */
export function titleOf({ variants }: Pick<AnswerEntry, 'variants'>, variant: string): string {
  return variants[variant] ?? variant;
}

/** Variants of the result in the order of the catalogue, those that it does not know last; the baseline where it stands. */
export function variantsIn(result: LabResult, { variants }: AnswerEntry): string[] {
  const names = Object.keys(variants);
  const place = (variant: string) => (names.includes(variant) ? names.indexOf(variant) : names.length);
  const all: readonly { variant: string }[] = result.series;
  return [...new Set(all.map(({ variant }) => variant))].sort((a, b) => place(a) - place(b));
}

/** Words of a measure of this result: of a result whose work had no receiver, without sender and receiver. */
export function wordsFor(result: LabResult, measure: string, { quantities }: AnswerEntry): MeasureWords {
  const words = measureWords(measure as Measure, quantities);
  const alone =
    result.kind === 'time' &&
    result.series.every(({ samples }) => samples.every(({ receiverCpuNs }) => receiverCpuNs === 0));
  return alone ? workerWords(words) : words;
}

/** Settings of a group as a phrase, those only in which the result's groups differ. */
export function groupTitle(result: LabResult, group: Factors, { factors: words }: AnswerEntry): string {
  return formatFactors(group, varyingFactors(factorGroups(result)), words);
}

/** What a cell has where nothing was counted. */
const NOTHING = '–';

/**
 * The table in parts without columns of dashes: the groups that have most of the columns together, then every other by
 * itself with those that it has.
 */
export function partsOf(table: AnswerTable): {
  readonly dense: AnswerTable | null;
  readonly sparse: readonly AnswerTable[];
} {
  const isSparse = (group: AnswerGroup) => filledColumns(group).length < table.columns.length / 2;
  const dense = table.groups.filter((group) => !isSparse(group));
  return {
    dense: dense.length > 0 ? narrowed(table, dense) : null,
    sparse: table.groups.filter(isSparse).map((group) => narrowed(table, [group])),
  };
}

/** These groups, and the columns in which one of them has something. */
function narrowed({ corner, columns }: AnswerTable, groups: readonly AnswerGroup[]): AnswerTable {
  const filled = new Set(groups.flatMap(filledColumns));
  const keep = <T>(all: readonly T[]) => all.filter((_, at) => filled.has(at));
  return {
    corner,
    columns: keep(columns),
    groups: groups.map(({ title, rows }) => ({
      title,
      rows: rows.map((row) => ({ title: row.title, cells: keep(row.cells) })),
    })),
  };
}

/** Numbers of the columns in which a row of the group has something. */
function filledColumns({ rows }: AnswerGroup): number[] {
  const widest = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return Array.from({ length: widest }, (_, at) => at).filter((at) =>
    rows.some(({ cells }) => (cells[at] ?? NOTHING) !== NOTHING),
  );
}

/** A sentence of one group: `Warm pages: half of …`. A variant's title keeps its letters, also as the first word. */
export function sentenceOf(place: string, text: string): string {
  if (place !== '') return `${capital(place)}: ${text}`;
  return /^(at|half|no|the|too|with) /.test(text) ? capital(text) : text;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
