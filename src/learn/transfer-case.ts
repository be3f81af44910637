/** One transfer that a learner's program is asked for: the job it gets, its source file, and what should arrive of it. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Situation } from '#model/finding.ts';
import type { Asked, Attempt } from './attempt.ts';
import type { Bench } from './bench.ts';
import type { Content } from './content.ts';
import type { Case, SendTask } from './exercise.ts';
import type { Where } from './judge-ending.ts';

/** What the program is told. */
export function jobOf(module: string, task: SendTask, one: Case, path: string): Asked {
  return {
    module,
    function: task.function,
    path,
    args: one.range ? [one.range.offset, one.range.count] : [],
    sendBuffer: one.sendBuffer ?? null,
    faults: one.faults ?? 'none',
  };
}

/** Under which circumstances it is tried. */
export function situationOf({ faults, receiver, sendBuffer }: Case): Situation {
  if (receiver) return receiver === 'slow' ? 'slow-receiver' : 'receiver-leaves';
  if (faults) return faults === 'short' ? 'short-counts' : 'interrupted';
  return sendBuffer ? 'small-buffer' : 'plain';
}

/** Makes the source file; it is removed with the result. */
export function sourceFile({ folder, sparseFolder }: Bench, content: Content): { readonly path: string } & Disposable {
  const path = join(content.sparse ? sparseFolder : folder, `source-${randomBytes(3).toString('hex')}.bin`);
  content.write(path);
  return { path, [Symbol.dispose]: () => rmSync(path, { force: true }) };
}

/** What is wrong with the bytes that arrived; null: they are what was asked for. */
export function arrivalFinding({ received }: Attempt, count: number, where: Where): Finding | null {
  const { bytes, difference } = received;
  if (difference !== null) return { code: 'bytes-differ', args: { ...where, at: difference, expected: count } };
  if (bytes > count) return { code: 'bytes-extra', args: { ...where, arrived: bytes, expected: count } };
  return bytes < count ? { code: 'bytes-missing', args: { ...where, arrived: bytes, expected: count } } : null;
}
