/** The calls that a program makes on certain files, by name, as strace sees them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Session } from '#measure/session.ts';
import { findStrace } from './strace.ts';

/** Calls that move payload between files, or let them share it. */
const MOVING = [
  'read pread64 preadv write pwrite64 pwritev readv writev',
  'sendfile copy_file_range splice ioctl mmap io_uring_enter',
];
const DEADLINE_MS = 60_000;

/**
 * Runs a program under strace in the run's folder and counts its calls on files whose path ends in one of the names.
 * @returns null without strace, or where tracing is not permitted
 */
export async function callsOnFiles(
  session: Session,
  command: readonly [string, ...string[]],
  names: readonly string[],
): Promise<Readonly<Record<string, number>> | null> {
  try {
    findStrace();
  } catch (error) {
    if (error instanceof CannotRunHere) return null;
    throw error;
  }
  const output = join(session.folder, 'trace.txt');
  const traced = MOVING.join(' ')
    .split(' ')
    .map((call) => `?${call}`);
  // -I2: TERM ends it, and the program with it.
  const args = ['-f', '-I2', '-qq', '-yy', '-s', '0', '-e', 'signal=none', '-e', `trace=${traced}`, '-o', output];
  await session.startProgram('strace', [...args, ...command], { tracer: true }).succeed(DEADLINE_MS);
  return countCalls(readFileSync(output, 'latin1'), names);
}

/** Lines of `strace -f -yy -o`. A call that another thread's line cut in two counts once. */
export function countCalls(trace: string, names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const line of trace.split('\n')) {
    const call = /^\d+ +(\w+)\(/.exec(line)?.[1];
    if (call === undefined || !names.some((name) => line.includes(`/${name}>`))) continue;
    counts[call] = (counts[call] ?? 0) + 1;
  }
  return counts;
}
