/** What the reader's machine counted, in a sentence. Apart, because few pages ask for it. */
import { concludeCounts } from '#model/words/index.ts';
import { el } from '../markup.ts';
import type { LabAsk } from './ask.ts';
import { type Own, type Shown, YOURS } from './shown.ts';

/** @throws {RangeError} for a result of another kind */
export function show(_: LabAsk, { result, entry }: Own): Shown {
  if (result.kind !== 'count') throw new RangeError('Expected a result that counts');
  return { own: [el('p', {}, YOURS, concludeCounts(result, entry.variants))] };
}
