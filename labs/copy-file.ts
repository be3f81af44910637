/**
 * How should one copy a file?
 *
 * Shows: CPU time, wall time and calls of ways to copy a file within one file system: by hand with read + write, sendfile,
 * copy_file_range and a clone of its extents (FICLONE), and by what Node offers; the calls that Node makes are traced.
 * Leaves out: another file system as the target; the disk itself, for a copy is in memory when these return; files with holes.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runFile } from '#cli/run-file.ts';
import { copying, keepTracedCalls } from '#measure/copying-files.ts';
import { fileCopies } from '#measure/file-copies.ts';
import { defineLab } from '#measure/lab.ts';
import type { Session } from '#measure/session.ts';
import { makeSourceFile, warm } from '#measure/source-file.ts';
import { timeTasks } from '#measure/tasks.ts';
import { callsOnFiles } from '#proof/calls/file-calls.ts';

const MiB = 2 ** 20;
const BYTES = 32 * MiB;
const program = fileURLToPath(new URL('../src/measure/copy-once.ts', import.meta.url));

/** Makes the file, and looks which calls Node makes for it, in a pass of its own that is not timed. */
async function prepare(session: Session): Promise<void> {
  const { folder, request } = session;
  const file = makeSourceFile(folder, request.bytes ?? BYTES, request.seed);
  warm(file.path);
  const seen: Record<string, Readonly<Record<string, number>>> = {};
  for (const variant of ['node-copy-file', 'node-cp', 'node-stream']) {
    const target = join(folder, 'copy-0.bin');
    const command = [process.execPath, program, variant, file.path, target] as const;
    const calls = await callsOnFiles(session, command, ['source.bin', 'copy-0.bin']);
    if (calls) seen[variant] = calls;
    rmSync(target);
  }
  keepTracedCalls(folder, seen);
}

const cost = { seconds: 15, diskBytes: 64 * MiB, memoryBytes: 250 * MiB };
const amount = { settings: [{}] };

const lab = defineLab({
  id: 'copy-file',
  kind: 'time',
  title: 'Copying a file, seven ways',
  question: 'How should one copy a file?',
  first: null,
  shows: [
    'CPU time and wall time for each GiB copied within one file system, and the calls that it takes',
    'which of these calls Node makes when it is asked to copy a file',
  ],
  leavesOut: [
    'another file system as the target',
    'the disk: the copy is in memory when the calls return',
    'files with holes in them',
  ],
  needs: [
    {
      need: 'a file system that shares extents between files (XFS, btrfs), for the clone',
      without: 'its row is left out',
    },
    { need: 'strace, and leave to trace', without: 'the calls that Node makes stay unknown' },
  ],
  variants: {
    'read-write': 'read + write',
    sendfile: 'sendfile',
    'copy-file-range': 'copy_file_range',
    clone: 'clone (FICLONE)',
    'node-copy-file': 'Node: copyFile',
    'node-cp': 'Node: cp',
    'node-stream': 'Node: streams',
  },
  baseline: 'read-write',
  tasks: Object.fromEntries(Object.entries(fileCopies).map(([name, copy]) => [name, copying(name, copy, 1)])),
  answer: { shape: 'ratio', measure: 'totalCpuNs', per: 'GiB' },
  quantities: { operations: { title: 'copies', unit: 'count' } },
  cost: { quick: cost, default: { ...cost, seconds: 30 }, full: { ...cost, seconds: 60 } },
  run: timeTasks(
    { quick: { rounds: 9, ...amount }, default: { rounds: 21, ...amount }, full: { rounds: 41, ...amount } },
    { prepare },
  ),
});

export default lab;

runFile(import.meta, lab);
