/** From where on one is the cheaper: lines of ratios with the range in which they turn. */
import { crossoverText } from '#model/words/answers/crossover.ts';
import { linePlots } from '../line-plot.ts';
import { drawSweep } from '../sweep.ts';
import type { Shape, Shaped } from './shape.ts';

export const shape: Shape<Shaped<'crossover'>> = {
  text: (result, entry, answer) => (result.kind === 'time' ? crossoverText(result, entry, answer) : null),
  plot: (result, entry, answer) => (result.kind === 'time' ? linePlots(drawSweep(result, entry, answer)) : []),
};
