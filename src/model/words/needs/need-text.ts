/** What a sentence of *cannot run here* is made of. */

/** `why` is a clause that follows `cannot run here:`; `remedy` is a sentence, null where nothing would help. */
export interface NeedText {
  readonly why: string;
  readonly remedy: string | null;
}
