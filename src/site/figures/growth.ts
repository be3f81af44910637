/** The figure of an answer that grows: values along a factor, a line a variant. */
import type { LabResult } from '#model/result.ts';
import { type Along, groupsAlong, growth } from '#model/statistics.ts';
import {
  type AnswerEntry,
  formatFactorValue,
  formatQuantity,
  groupTitle,
  titleOf,
  variantsIn,
  wordsFor,
} from '#model/words/index.ts';
import type { Panel } from './line-plot.ts';
import { drawPlot } from './plot.ts';

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
