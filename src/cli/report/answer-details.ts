/** What --verbose adds to the report of an answer: every quantity that the lab took, with its quartiles. */
import type { LabResult, Series } from '#model/result.ts';
import { amountOf, factorGroups, type Measure, quartiles, type Sample, varyingFactors } from '#model/statistics.ts';
import { formatFactors } from '#model/words/factors.ts';
import { formatQuantity, measureWords } from '#model/words/quantities.ts';
import type { Entry, ReportOptions } from './options.ts';
import { layOutTable } from './table.ts';
import { paint, spell, wrap } from './text.ts';

/** Measures of every sample, besides the lab's own. */
const usual = ['totalCpuNs', 'wallNs', 'minorFaults', 'majorFaults', 'switches', 'calls', 'peakMemoryBytes'] as const;

/** Lines: a table a quantity, a row a series. */
export function answerDetails(result: LabResult, entry: Entry, options: ReportOptions): string[] {
  const varying = varyingFactors(factorGroups(result));
  const series = (result.series as readonly Series[]).filter(({ role }) => role !== 'repeat');
  const measures: Measure[] = [
    ...Object.keys(entry.quantities ?? {}).map((name) => `extra.${name}` as const),
    ...usual,
  ];
  const head = wrap(spell('Each sample as it was taken: median, lower and upper quartile.', options), options.width);
  return [
    ...head.map((line) => paint(line, 'bold', options)),
    ...measures.flatMap((measure) => {
      const { title, unit } = measureWords(measure, entry.quantities);
      const rows = series.flatMap((one) => {
        const values = (one.samples as readonly Sample[]).flatMap(
          (sample) => amountOf(sample, measure, 'sample') ?? [],
        );
        if (values.length === 0) return [];
        const { median, low, high } = quartiles(values);
        const name = entry.variants[one.variant] ?? one.variant;
        const place = formatFactors(one.factors, varying, entry.factors);
        return [
          [`  ${[name, place].filter(Boolean).join(', ')}`, ...[median, low, high].map((v) => formatQuantity(v, unit))],
        ];
      });
      if (rows.length === 0) return [];
      const columns = [0, 1, 2, 3].map((at) => ({
        name: '',
        head: ['', ''] as const,
        align: at === 0 ? ('left' as const) : ('right' as const),
        cells: rows.map((row) => row[at] ?? ''),
      }));
      return [spell(`${title}:`, options), ...layOutTable(columns, options).lines];
    }),
  ];
}
