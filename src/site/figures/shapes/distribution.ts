/** How long requests took: dots from the middle to the tail. */
import { distributionText } from '#model/words/answers/distribution.ts';
import { drawSpread } from '../spread.ts';
import { spreadPlot } from '../spread-plot.ts';
import type { Shape, Shaped } from './shape.ts';

export const shape: Shape<Shaped<'distribution'>> = {
  text: (result, entry) => (result.kind === 'time' ? distributionText(result, entry) : null),
  plot: (result, entry) => (result.kind === 'time' ? spreadPlot(drawSpread(result, entry)) : []),
};
