/** How questions are put, one way each. */
import { cachestat, open } from '#libc';
import { warm } from '#measure/source-file.ts';
import type { Json, Paper } from './paper.ts';
import type { Stage } from './stage.ts';
import { transferStage } from './transfer-stage.ts';

export const stages: Readonly<Record<Paper['stage'], (args: readonly Json[]) => Stage>> = {
  plain: (args) => ({ args, seen: () => ({}), [Symbol.dispose]() {} }),
  transfer: transferStage,
  warm: warmStage,
};

/** A file (the first argument) that is in memory as a whole before, and what of it is in memory afterwards, in pages. */
function warmStage(args: readonly Json[]): Stage {
  const [path] = args as [string];
  warm(path);
  return {
    args,
    seen: () => {
      using file = open(path);
      return { resident: cachestat(file.fd).cached };
    },
    [Symbol.dispose]() {},
  };
}
