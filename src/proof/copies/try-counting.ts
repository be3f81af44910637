import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Need } from '#machine/needs.ts';
import { CopyCounter } from './counter.ts';

/** Whether the kernel's copies can be counted here: tried by setting every watch once. Nothing is left behind. */
export function tryCounting(): Need {
  const name = "counting the kernel's copies";
  try {
    using _ = new CopyCounter();
    return { name, why: null, args: {} };
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    return { name, why: error.code, args: error.args };
  }
}
