/** How a question is put to a learner's function: what it is called with, and what is seen when it has come back. */
export interface Stage extends Disposable {
  readonly args: readonly unknown[];
  /** Looked at when the function has come back. */
  seen(): { readonly [name: string]: number };
}
