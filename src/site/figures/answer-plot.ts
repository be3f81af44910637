/** The drawing of an answer, by its shape. Empty where it has none. */
import type { Answer, CatalogueEntry } from '#model/catalogue.ts';
import type { LabResult } from '#model/result.ts';
import type { Measure } from '#model/statistics.ts';
import type { Markup } from '../markup.ts';
import { drawChart } from './chart.ts';
import { linePlots } from './line-plot.ts';
import { ratioPlot } from './ratio-plot.ts';
import { drawSpread } from './spread.ts';
import { spreadPlot } from './spread-plot.ts';
import { drawGrowth, drawSweep } from './sweep.ts';

/** @param upTo how far the axis of ratios goes at least */
export function answerPlot(result: LabResult, entry: CatalogueEntry, answer: Answer, upTo?: number): Markup[] {
  if (answer.shape === 'growth') return linePlots(drawGrowth(result, entry, answer));
  if (result.kind !== 'time') return [];
  if (answer.shape === 'crossover') return linePlots(drawSweep(result, entry, answer));
  if (answer.shape === 'distribution') return spreadPlot(drawSpread(result, entry));
  if (answer.shape !== 'ratio') return [];
  return ratioPlot(
    drawChart(result, answer.measure as Measure, entry.variants, { per: answer.per, words: entry.factors, upTo }),
  );
}

/** Where the axis of an answer's ratios ends; undefined where it is no comparison. */
export function axisEnd(result: LabResult, entry: CatalogueEntry, answer: Answer): number | undefined {
  if (answer.shape !== 'ratio' || result.kind !== 'time') return undefined;
  return drawChart(result, answer.measure as Measure, entry.variants, { per: answer.per, words: entry.factors }).upTo;
}
