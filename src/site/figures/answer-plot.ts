/** The drawing of an answer, by its shape. Knows all of them: pages are built with it, and load their own shapes alone. */
import type { Answer, CatalogueEntry } from '#model/catalogue.ts';
import type { LabResult } from '#model/result.ts';
import type { Markup } from '../markup.ts';
import { shape as crossover } from './shapes/crossover.ts';
import { shape as distribution } from './shapes/distribution.ts';
import { shape as facts } from './shapes/facts.ts';
import { shape as growth } from './shapes/growth.ts';
import { shape as ratio } from './shapes/ratio.ts';
import type { Shape } from './shapes/shape.ts';

const shapes = { crossover, distribution, facts, growth, ratio };

/** Empty where it has none. */
export function answerPlot(result: LabResult, entry: CatalogueEntry, answer: Answer): Markup[] {
  return (shapes[answer.shape] as Shape).plot(result, entry, answer);
}
