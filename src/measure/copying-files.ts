/** Copying a file, as tasks: the copy is hashed afterwards, and the calls that Node makes are those that a trace saw. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CopyCalls, FileCopy } from './file-copies.ts';
import type { Task } from './task.ts';

const SOURCE = 'source.bin';

/** The task of one way; `source.bin` was made before. @param times copies a sample */
export function copying(variant: string, copy: FileCopy, times: number): Task {
  return async ({ folder }) => {
    const from = join(folder, SOURCE);
    const to = Array.from({ length: times }, (_, at) => join(folder, `copy-${at}.bin`));
    const bytes = statSync(from).size * times;
    const traced = tracedCalls(folder)[variant];
    return {
      async run() {
        let calls: CopyCalls | null = null;
        for (const path of to) {
          const made = copy(from, path);
          calls = made instanceof Promise ? await made : made;
        }
        const each = calls ?? traced;
        return { bytes, check: '', extra: { operations: times }, ...(each ? { calls: multiplied(each, times) } : {}) };
      },
      after(work) {
        const hashes = new Set(to.map((path) => createHash('sha256').update(readFileSync(path)).digest('hex')));
        return { ...work, check: [...hashes].join(' ') };
      },
      [Symbol.dispose]() {
        for (const path of to) rmSync(path, { force: true });
      },
    };
  };
}

function multiplied(calls: CopyCalls, times: number): CopyCalls {
  return Object.fromEntries(Object.entries(calls).map(([name, count]) => [name, count * times]));
}

const CALLS = 'calls.json';

/** Keeps what a trace saw for the tasks of this run. */
export function keepTracedCalls(folder: string, calls: Readonly<Record<string, CopyCalls>>): void {
  writeFileSync(join(folder, CALLS), JSON.stringify(calls));
}

function tracedCalls(folder: string): Readonly<Record<string, CopyCalls>> {
  const path = join(folder, CALLS);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}
