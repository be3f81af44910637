/** What a sentence of *cannot run here* is made of. */
import type { CannotRun } from '../../result.ts';

/** `why` is a clause that follows `cannot run here:`; `remedy` is a sentence, null where nothing would help. */
export interface NeedText {
  readonly why: string;
  readonly remedy: string | null;
}

/** Says what a machine lacks: needText, or what has its words when they are loaded later. */
export type SayNeed = (need: Pick<CannotRun, 'why' | 'args'>) => NeedText;
