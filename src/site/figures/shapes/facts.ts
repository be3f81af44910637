/** Rows of quantities under a sentence: they are not drawn. */
import { factsText } from '#model/words/answers/facts.ts';
import type { Shape, Shaped } from './shape.ts';

export const shape: Shape<Shaped<'facts'>> = { text: factsText, plot: () => [] };
