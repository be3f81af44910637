/** Every variant against the baseline: dots with their intervals around 1. */
import type { CatalogueEntry } from '#model/catalogue.ts';
import type { TimeResult } from '#model/result.ts';
import type { Measure } from '#model/statistics.ts';
import { ratioText } from '#model/words/answers/ratio.ts';
import { type Chart, drawChart } from '../chart.ts';
import { ratioPlot } from '../ratio-plot.ts';
import type { Shape, Shaped } from './shape.ts';

type Ratio = Shaped<'ratio'>;

export const shape: Shape<Ratio> = {
  text: (result, entry, answer) => (result.kind === 'time' ? ratioText(result, entry, answer) : null),
  plot: (result, entry, answer, upTo) =>
    result.kind === 'time' ? ratioPlot(chartOf(result, entry, answer, upTo)) : [],
  end: (result, entry, answer) => (result.kind === 'time' ? chartOf(result, entry, answer).upTo : undefined),
};

function chartOf(result: TimeResult, entry: CatalogueEntry, { measure, per }: Ratio, upTo?: number): Chart {
  return drawChart(result, measure as Measure, entry.variants, { per, words: entry.factors, upTo });
}
