/** Rows of quantities under a sentence with numbers in it: the answer of a lab that asks whether, or how many. */
import type { Factors, LabResult, Series } from '../../result.ts';
import { amountOf, type Measure, type Sample } from '../../statistics/measure.ts';
import { quartiles } from '../../statistics/quartiles.ts';
import { factorGroups, sameFactors } from '../../statistics/series.ts';
import { formatQuantity, measureWords } from '../quantities.ts';
import { type AnswerEntry, type AnswerTable, type AnswerText, groupTitle, titleOf, variantsIn } from './answer.ts';

/** Fills the lab's sentence with medians, and lays its quantities out. */
export function factsText(
  result: LabResult,
  entry: AnswerEntry,
  { columns, says }: { columns: readonly string[]; says: string },
): AnswerText {
  return { text: fillIn(says, result, entry), meaning: [], table: factsTable(result, entry, columns) };
}

/** A row a series, a column a quantity. */
export function factsTable(result: LabResult, entry: AnswerEntry, columns: readonly string[]): AnswerTable {
  const order = variantsIn(result, entry);
  const all: readonly Series[] = result.series;
  return {
    corner: ['', ''],
    columns: columns.map((column) => headOf(measureWords(column as Measure, entry.quantities).title)),
    groups: factorGroups(result).map((group) => ({
      title: groupTitle(result, group, entry),
      rows: all
        .filter(({ role, factors }) => role !== 'repeat' && sameFactors(factors, group))
        .sort((a, b) => order.indexOf(a.variant) - order.indexOf(b.variant))
        .map((series) => ({
          title: titleOf(entry, series.variant),
          cells: columns.map((column) => factOf(series, column, entry) ?? '–'),
        })),
    })),
  };
}

/**
 * The sentence with `{variant.quantity}` and `{variant[factor=value].quantity}` filled in. What did not run says so in its
 * place, and a name that no lab could mean stays as it is.
 */
export function fillIn(says: string, result: LabResult, entry: AnswerEntry): string {
  return says.replaceAll(PLACE, (_, variant: string, wanted: string | undefined, quantity: string) => {
    const factors = factorsFrom(wanted);
    const all: readonly Series[] = result.series;
    const series = all.find((one) => one.variant === variant && one.role !== 'repeat' && has(one.factors, factors));
    if (series) return spoken(factOf(series, quantity, entry), quantity, entry);
    const lacks = result.cannotRun.some((one) => one.variant === variant && has(one.factors, factors));
    return lacks ? 'cannot run here' : 'not run';
  });
}

/** `{sendfile[link=veth,receiver=read].extra.wirePackets}`. */
const PLACE = /\{([a-z0-9-]+)(?:\[([^\]]*)\])?\.([A-Za-z][A-Za-z0-9.]*)\}/g;

/** `link=veth,size=4096` as pairs. */
function factorsFrom(text: string | undefined): readonly (readonly [string, string])[] {
  return (text ?? '').split(',').flatMap((pair) => {
    const [name = '', value] = pair.split('=');
    return value === undefined ? [] : [[name.trim(), value.trim()] as const];
  });
}

function has(factors: Factors, wanted: readonly (readonly [string, string])[]): boolean {
  return wanted.every(([name, value]) => Object.hasOwn(factors, name) && String(factors[name]) === value);
}

/** The median of a quantity with its unit; null where no sample has it. */
function factOf(series: Series, quantity: string, { quantities }: AnswerEntry): string | null {
  const samples: readonly Sample[] = series.samples;
  const values = samples.flatMap((sample) => amountOf(sample, quantity as Measure, 'sample') ?? []);
  if (values.length === 0) return null;
  return formatQuantity(quartiles(values).median, measureWords(quantity as Measure, quantities).unit);
}

/** In a sentence `none` of the bytes, where a table has 0. */
function spoken(fact: string | null, quantity: string, { quantities }: AnswerEntry): string {
  const { unit } = measureWords(quantity as Measure, quantities);
  return fact === '0' && unit === 'bytes' ? 'none' : (fact ?? 'not counted');
}

/** A heading of two lines, broken at the space nearest to its middle. */
function headOf(title: string): readonly [string, string] {
  const spaces = [...title.matchAll(/ /g)].map(({ index }) => index);
  const [middle] = spaces.sort((a, b) => Math.abs(a - title.length / 2) - Math.abs(b - title.length / 2));
  if (middle === undefined || title.length < 12) return [title, ''];
  return [title.slice(0, middle), title.slice(middle + 1)];
}
