/** What one more of something costs: lines over how many there are. */
import { growthText } from '#model/words/answers/growth.ts';
import { drawGrowth } from '../growth.ts';
import { linePlots } from '../line-plot.ts';
import type { Shape, Shaped } from './shape.ts';

export const shape: Shape<Shaped<'growth'>> = {
  text: growthText,
  plot: (result, entry, answer) => linePlots(drawGrowth(result, entry, answer)),
};
