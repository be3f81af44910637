/** What the reader's machine counted, in a sentence. Apart from show.ts, because few pages ask for it. */
import { concludeCounts } from '#model/words/index.ts';
import { el, type Markup } from '../markup.ts';
import { type Own, YOURS } from './show.ts';

/** @throws {RangeError} for a result of another kind */
export function showCounts({ result, entry }: Own): Markup[] {
  if (result.kind !== 'count') throw new RangeError('Expected a result that counts');
  return [el('p', {}, YOURS, concludeCounts(result, entry.variants))];
}
