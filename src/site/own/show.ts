/** Answers what a place of a page asks, from the reader's own result: the same words and drawings as the reference's. */
import type { CatalogueEntry } from '#model/catalogue.ts';
import { answerDifferences, environmentDifferences } from '#model/compare/index.ts';
import type { LabResult } from '#model/result.ts';
import { answerText } from '#model/words/answers/index.ts';
import { comparedText, differenceText } from '#model/words/compare.ts';
import { headline } from '#model/words/index.ts';
import { partOf, USUAL_ANSWER } from '../figures/answer.ts';
import { answerPlot, axisEnd } from '../figures/answer-plot.ts';
import { answerTable } from '../figures/answer-table.ts';
import { drawChart } from '../figures/chart.ts';
import { conclusionText } from '../figures/conclusion.ts';
import { dayOf, machineWords, sayNumber } from '../figures/numbers.ts';
import { ratioPlot } from '../figures/ratio-plot.ts';
import { el, type Markup } from '../markup.ts';
import type { LabAsk } from './ask.ts';

/** A result with its lab. */
export interface Own {
  readonly result: LabResult;
  readonly entry: CatalogueEntry;
}

/** What stands in the place, and the reference's drawing on the same axis where it has to be drawn anew. */
export interface Shown {
  readonly own: readonly (Markup | string)[];
  readonly reference?: readonly Markup[];
}

type Ask<S> = Extract<LabAsk, { show: S }>;

/**
 * @param reference the result that the page shows, where the ask names one
 * @throws {RangeError} when the result has no series that answers
 */
export function show(ask: LabAsk, { result, entry }: Own, reference: LabResult | undefined): Shown {
  switch (ask.show) {
    case 'chart':
      return chart(ask, { result, entry }, reference);
    case 'answer':
      return answer(ask, { result, entry }, reference);
    case 'machine':
      return { own: machine({ result, entry }, reference) };
    case 'headline': {
      const said = headline(time(result), entry.variants);
      return { own: [el('p', {}, YOURS, said.main.text), el('p', {}, said.beside ?? '')] };
    }
    case 'number':
      return { own: [` (your machine: ${sayNumber(time(result), ask)})`] };
    case 'conclusion':
      return { own: [' ', YOURS, conclusionText(time(result), ask, entry.variants)] };
    case 'said':
      return { own: [' ', YOURS, said(result, entry, ask)] };
    default:
      throw new Error(`Cannot show '${ask.show}': the part of the page that does was not loaded`);
  }
}

/** How what is said of the reader's machine begins. */
export const YOURS = el('strong', {}, 'Your machine: ');

function time(result: LabResult) {
  if (result.kind === 'time') return result;
  throw new RangeError('Expected a result with times');
}

function said(result: LabResult, entry: CatalogueEntry, ask: Pick<Ask<'said'>, 'answer' | 'where'>): string {
  const part = partOf(result, ask.where ?? {});
  const text = part && answerText(part, entry, ask.answer ?? entry.answer ?? USUAL_ANSWER);
  if (!text) throw new RangeError('Expected a series with these settings');
  return text.text;
}

/** No two tables of a page may have one name: a page has a figure of each kind, and each speaks of something else. */
function tableName({ lab, ...rest }: Ask<'chart'> | Ask<'answer'>): string {
  const words = rest.show === 'chart' ? [rest.measure, ...(rest.links ?? [])] : Object.values(rest.where ?? {});
  return ['Your machine', lab, rest.show, ...words].join(', ');
}

/** Whose drawing it is. */
export function nameOf(result: LabResult): Markup {
  return el('p', { class: 'zc-own-name' }, `Your machine: ${result.environment.machine}, ${dayOf(result)}`);
}

function twin(summary: string, ...inside: readonly Markup[]): Markup {
  return el('details', {}, el('summary', {}, summary), ...inside);
}

function chart(ask: Ask<'chart'>, { result, entry }: Own, reference: LabResult | undefined): Shown {
  const { measure, links, only } = ask;
  const draw = (from: LabResult, upTo?: number) =>
    drawChart(time(from), measure, entry.variants, { links, only, upTo, words: entry.factors });
  const other = reference && draw(reference);
  const own = draw(result, other?.upTo);
  const rows = own.groups.flatMap(({ title, rows }) =>
    rows.map((row) => {
      const interval = row.interval ? ` (${row.interval})` : '';
      return el('li', {}, `${title ? `${title}, ` : ''}${row.title}: ${row.amount}${interval}.`);
    }),
  );
  if (rows.length === 0) throw new RangeError('Expected a series over these links');
  const table = answerText(result, entry, { shape: 'ratio', measure, per: 'GiB' })?.table;
  return {
    own: [
      nameOf(result),
      ...ratioPlot(own),
      twin('Yours in words', el('ul', {}, ...rows)),
      ...(table ? [twin('Yours as a table', ...answerTable(table, tableName(ask)))] : []),
    ],
    ...(reference && other && own.upTo > other.upTo ? { reference: ratioPlot(draw(reference, own.upTo)) } : {}),
  };
}

function answer(ask: Ask<'answer'>, { result, entry }: Own, reference: LabResult | undefined): Shown {
  const asked = ask.answer ?? entry.answer ?? USUAL_ANSWER;
  const part = partOf(result, ask.where ?? {});
  const text = part && answerText(part, entry, asked);
  if (!part || !text) throw new RangeError('Expected a series with these settings');
  const theirs = reference && partOf(reference, ask.where ?? {});
  const end = theirs && axisEnd(theirs, entry, asked);
  const own = answerPlot(part, entry, asked, end);
  const ownEnd = axisEnd(part, entry, asked);
  return {
    own: [
      nameOf(result),
      ...own,
      el('p', {}, text.text),
      ...text.meaning.map((sentence) => el('p', {}, sentence)),
      twin('Yours as a table', ...answerTable(text.table, tableName(ask))),
    ],
    ...(theirs && end && ownEnd && ownEnd > end ? { reference: answerPlot(theirs, entry, asked, ownEnd) } : {}),
  };
}

function machine({ result, entry }: Own, reference: LabResult | undefined): Markup[] {
  const words = el('p', {}, YOURS, `${result.environment.machine}, ${dayOf(result)}: ${machineWords(result)}.`);
  if (!reference) return [words];
  const differences = environmentDifferences(reference, result);
  const compared = comparedText(answerDifferences(reference, result, entry.answer));
  const none = el('p', {}, 'Machines and settings are the same.');
  const list = el('ul', {}, ...differences.map((one) => el('li', {}, differenceText(one))));
  const count = `What else differs, ours and yours: ${differences.length} settings`;
  return [words, el('p', {}, compared), differences.length === 0 ? none : twin(count, list)];
}
