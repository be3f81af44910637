/** One comparison of the reader's own result in a sentence, or its number in ours. */
import { headline } from '#model/words/headline.ts';
import { conclusionText } from '../figures/conclusion.ts';
import { sayNumber } from '../figures/numbers.ts';
import { el } from '../markup.ts';
import type { LabAsk } from './ask.ts';
import { type Own, type Shown, timeOf, YOURS } from './shown.ts';

/** @throws {RangeError} when the result has no such series */
export function show(ask: LabAsk, { result, entry }: Own): Shown {
  const time = timeOf(result);
  if (ask.show === 'number') return { own: [` (your machine: ${sayNumber(time, ask)})`] };
  if (ask.show === 'conclusion') return { own: [' ', YOURS, conclusionText(time, ask, entry.variants)] };
  const { main, beside } = headline(time, entry.variants);
  return { own: [el('p', {}, YOURS, main.text), el('p', {}, beside ?? '')] };
}
