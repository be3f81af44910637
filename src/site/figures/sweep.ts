/** Figures of the answers that follow a factor: ratios with the range in which they turn, and values that grow. */
import type { LabResult, TimeResult } from '#model/result.ts';
import { type Along, crossover, groupsAlong, growth } from '#model/statistics.ts';
import {
  type AnswerEntry,
  formatFactorValue,
  formatNumber,
  formatQuantity,
  groupTitle,
  titleOf,
  variantsIn,
  wordsFor,
} from '#model/words/index.ts';
import { drawPlot, type Plot } from './plot.ts';

/** One plot a group of the other settings. */
export interface Panel {
  readonly title: string;
  readonly plot: Plot;
}

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

/** Medians with their quartiles, from 0. */
export function drawGrowth(result: LabResult, entry: AnswerEntry, answer: Along): Panel[] {
  const { unit } = wordsFor(result, answer.measure, entry);
  return groupsAlong(result, answer.along).map((group) => {
    const lines = variantsIn(result, entry).flatMap((variant) => {
      const { points } = growth(result, variant, answer, group);
      const drawn = points.map(({ at, median, low, high }) => ({ at, y: median, low, high }));
      return drawn.length === 0 ? [] : [{ title: titleOf(entry, variant), points: drawn }];
    });
    const most = Math.max(0, ...lines.flatMap(({ points }) => points.map(({ high }) => high)));
    const plot = drawPlot(lines, {
      unit: unit === 'bytes' ? binaryUnit(most) : 1,
      x: 'linear',
      y: 'linear',
      formatY: (value) => formatQuantity(value, unit),
      formatX: (value) => formatFactorValue(answer.along, value),
    });
    return { title: groupTitle(result, group, entry), plot };
  });
}

/** The largest of KiB, MiB and GiB that is not more than the value, in bytes. */
function binaryUnit(bytes: number): number {
  return 1024 ** Math.min(3, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
}
