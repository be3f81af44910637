/** What a shape of an answer is to a page: its words and its drawing. A file each, so that a page loads those it needs. */
import type { Answer, CatalogueEntry } from '#model/catalogue.ts';
import type { LabResult } from '#model/result.ts';
import type { AnswerText } from '#model/words/answers/answer.ts';
import type { Markup } from '../../markup.ts';

export interface Shape<A extends Answer = Answer> {
  /** Null where the result is of a kind that has no such shape: only times are compared round by round. */
  text(result: LabResult, entry: CatalogueEntry, answer: A): AnswerText | null;
  /** Empty where there is no drawing. @param upTo how far the axis of ratios goes at least */
  plot(result: LabResult, entry: CatalogueEntry, answer: A, upTo?: number): Markup[];
  /** Where the axis of ratios ends; without it there is none. */
  end?(result: LabResult, entry: CatalogueEntry, answer: A): number | undefined;
}

export type Shaped<S extends Answer['shape']> = Extract<Answer, { shape: S }>;
