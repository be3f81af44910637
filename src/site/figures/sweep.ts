/** The figure of an answer that turns: ratios along a factor, with the range in which the better one changes. */
import type { TimeResult } from '#model/result.ts';
import { type Along, crossover, groupsAlong } from '#model/statistics.ts';
import {
  type AnswerEntry,
  formatFactorValue,
  formatNumber,
  groupTitle,
  titleOf,
  variantsIn,
} from '#model/words/index.ts';
import type { Panel } from './line-plot.ts';
import { drawPlot } from './plot.ts';

/** Ratios to the baseline with their intervals, on a logarithmic axis around 1. */
export function drawSweep(result: TimeResult, entry: AnswerEntry, answer: Along): Panel[] {
  const variants = variantsIn(result, entry).filter((variant) => variant !== result.baseline);
  return groupsAlong(result, answer.along).map((group) => {
    const lines = variants.flatMap((variant) => {
      const { points, turn } = crossover(result, variant, answer, group);
      const drawn = points.flatMap(({ at, comparison }) =>
        comparison.state === 'estimate'
          ? [{ at, y: comparison.ratio, low: comparison.low, high: comparison.high }]
          : [],
      );
      const range = turn.state === 'turns' ? ([turn.last, turn.first] as const) : undefined;
      return drawn.length === 0 ? [] : [{ title: titleOf(entry, variant), points: drawn, turn: range }];
    });
    const plot = drawPlot(lines, {
      y: 'log',
      mark: 1,
      formatY: formatNumber,
      formatX: (value) => formatFactorValue(answer.along, value),
    });
    return { title: groupTitle(result, group, entry), plot };
  });
}
