/** A chart of ratios from the reader's own result, on the axis of the reference. */
import type { LabResult } from '#model/result.ts';
import { ratioText } from '#model/words/answers/ratio.ts';
import { answerTable } from '../figures/answer-table.ts';
import { drawChart } from '../figures/chart.ts';
import { ratioPlot } from '../figures/ratio-plot.ts';
import { el } from '../markup.ts';
import type { LabAsk } from './ask.ts';
import { type AskOf, nameOf, type Own, type Shown, tableName, timeOf, twin } from './shown.ts';

/** @throws {RangeError} when the result has no series over these links */
export function show(ask: LabAsk, { result, entry }: Own, reference: LabResult | undefined): Shown {
  const { lab, measure, links, only } = ask as AskOf<'chart'>;
  const draw = (from: LabResult, upTo?: number) =>
    drawChart(timeOf(from), measure, entry.variants, { links, only, upTo, words: entry.factors });
  const other = reference && draw(reference);
  const own = draw(result, other?.upTo);
  const rows = own.groups.flatMap(({ title, rows }) =>
    rows.map((row) => {
      const interval = row.interval ? ` (${row.interval})` : '';
      return el('li', {}, `${title ? `${title}, ` : ''}${row.title}: ${row.amount}${interval}.`);
    }),
  );
  if (rows.length === 0) throw new RangeError('Expected a series over these links');
  const { table } = ratioText(timeOf(result), entry, { measure, per: 'GiB' });
  return {
    own: [
      nameOf(result),
      ...ratioPlot(own),
      twin('Yours in words', el('ul', {}, ...rows)),
      twin('Yours as a table', ...answerTable(table, tableName(lab, 'chart', measure, ...(links ?? [])))),
    ],
    ...(reference && other && own.upTo > other.upTo ? { reference: ratioPlot(draw(reference, own.upTo)) } : {}),
  };
}
