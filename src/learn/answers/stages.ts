/** How a question is put to a learner's function: what it is called with, and what is seen when it has come back. */
import type { Json, Paper } from './paper.ts';
import { transferStage } from './transfer-stage.ts';

export interface Stage extends Disposable {
  readonly args: readonly unknown[];
  /** Looked at when the function has come back. */
  seen(): { readonly [name: string]: number };
}

export const stages: Readonly<Record<Paper['stage'], (args: readonly Json[]) => Stage>> = {
  plain: (args) => ({ args, seen: () => ({}), [Symbol.dispose]() {} }),
  transfer: transferStage,
};
