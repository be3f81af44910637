/** How to say what a machine lacks: many words that few results need, so they are loaded with the first one that does. */
import type { LabResult } from '#model/result.ts';
import type { SayNeed } from '#model/words/needs/need-text.ts';

let words: SayNeed = ({ why }) => ({ why: `'${why}', whose words could not be loaded`, remedy: null });

/** Loads the words for a result in which something could not run. Without a network it is shown all the same. */
export async function loadNeeds({ cannotRun }: Pick<LabResult, 'cannotRun'>): Promise<void> {
  if (cannotRun.length === 0) return;
  const loaded = await import('#model/words/needs.ts').catch(() => null);
  words = loaded?.needText ?? words;
}

/** In those words; until they are loaded, by the code of the need. */
export const sayNeed: SayNeed = (need) => words(need);
