/** How to say what a machine lacks: many words that few results need, so they are loaded with the first one that does. */
import type { LabResult } from '#model/result.ts';
import type { SayNeed } from '#model/words/needs/need-text.ts';

let words: SayNeed = ({ why }) => ({ why, remedy: null });

/** Loads the words for a result in which something could not run. */
export async function loadNeeds({ cannotRun }: LabResult): Promise<void> {
  if (cannotRun.length > 0) ({ needText: words } = await import('#model/words/needs.ts'));
}

/** In those words; until they are loaded, the code of the need. */
export const sayNeed: SayNeed = (need) => words(need);
