/** Whether Pagefind found what was asked. Runs in the reader's page, so it imports nothing. */

/** A page as Pagefind gives it: its text, and which of its words, counted from 0, were hit. */
export interface Hit {
  readonly content: string;
  readonly locations: readonly number[];
}

/** Letters of a word that have to be there: endings may differ, as Pagefind searches for stems. */
const SAME = 3;

/**
 * Whether each word that was asked for was hit. For a word that no page has, Pagefind takes the longest one that begins
 * it, and offers `kcat -X` to who asks for `xyzzy`. It does so for all pages at once: one of them tells for all.
 */
export function isHit(asked: string, { content, locations }: Hit): boolean {
  const words = content.split(/\s+/);
  const hit = locations.map((at) => lettersOf(words[at] ?? ''));
  const wanted = asked.split(/\s+/).map(lettersOf).filter(Boolean);
  return hit.length === 0 || wanted.every((word) => hit.some((one) => one.includes(word.slice(0, SAME))));
}

/** Letters and digits, small: as Pagefind reads `I/O`. */
function lettersOf(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
