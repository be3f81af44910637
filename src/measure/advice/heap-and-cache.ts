/** What a large heap leaves to the page cache: processes under the same limit of memory, which read the same file. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { makeMemoryGroup } from '#machine/memory-group.ts';
import type { Session } from '../session.ts';
import { evict } from '../source-file.ts';
import type { Task } from '../task.ts';

const program = fileURLToPath(new URL('./heap-and-cache-process.ts', import.meta.url));
/** Holds the path of the run's group; empty where none can be made. */
const GROUP = 'memory-group';
const DEADLINE_MS = 60_000;

/** Makes the group of a run, which the guard removes. */
export function prepareGroup({ folder, guard }: Session, limitBytes: number): void {
  let path = '';
  try {
    path = makeMemoryGroup(basename(folder), limitBytes, (group) => guard.watchGroup(group));
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
  }
  writeFileSync(join(folder, GROUP), path);
}

/** What the process prints: bytes that came from the disk when it read the file for the first time, and afterwards. */
export interface DiskReads {
  readonly firstBytes: number;
  readonly againBytes: number;
}

/** Reads the file several times in a process of the group that also uses a heap of its own. */
export function readBesideHeap(heapBytes: number, passes: number): Task {
  return ({ folder }) => {
    const group = readFileSync(join(folder, GROUP), 'utf8');
    if (group === '') throw new CannotRunHere('no-memory-group');
    const path = join(folder, 'source.bin');
    evict(path);
    return {
      run() {
        const line = 'echo $$ > "$0/cgroup.procs" && exec "$@"';
        const command = [process.execPath, program, path, String(heapBytes), String(passes)];
        const said = execFileSync('/bin/sh', ['-c', line, group, ...command], {
          encoding: 'utf8',
          timeout: DEADLINE_MS,
          env: { ...process.env, NODE_NO_WARNINGS: '1' },
        });
        const { firstBytes, againBytes } = JSON.parse(said) as DiskReads;
        return { bytes: heapBytes, check: `${passes} passes`, extra: { firstBytes, againBytes } };
      },
      [Symbol.dispose]() {},
    };
  };
}
