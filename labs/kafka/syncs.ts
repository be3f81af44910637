/** Which files a broker syncs while something happens: fsync(2), fdatasync(2) and msync(2), by strace. Never timed. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Program } from '#machine/program.ts';
import type { Session } from '#measure/session.ts';
import { findStrace } from '#proof/calls/strace.ts';

const ATTACH_MS = 30_000;
/** A roll syncs in the background, right after. */
const SETTLE_MS = 1500;

/** @returns lines of strace, with the paths of the descriptors @throws {CannotRunHere} without strace or leave to trace */
export async function syncsDuring(
  { guard, folder }: Session,
  pid: number,
  work: () => Promise<unknown>,
): Promise<string[]> {
  findStrace();
  const output = join(folder, 'syncs.txt');
  const traced = ['?fsync', '?fdatasync', '?msync', '?sync_file_range'].join();
  const args = ['-f', '-yy', '-e', 'signal=none', '-e', `trace=${traced}`, '-o', output, '-p', String(pid)];
  const strace = new Program('strace', args, guard, { tracer: true });
  try {
    await strace.until((said) => said.includes(`Process ${pid} attached`), ATTACH_MS);
    await work();
    await new Promise((done) => setTimeout(done, SETTLE_MS));
  } finally {
    await strace.end(ATTACH_MS);
  }
  const lines = readFileSync(output, 'latin1').split('\n');
  rmSync(output);
  return lines;
}

/** Counts calls on files of one partition by the end of their names. A call that was cut in two counts once. */
export function countSyncs(lines: readonly string[], topic: string, ending: string): number {
  return lines.filter(
    (line) =>
      /\b(f(data)?sync|sync_file_range)\(/.test(line) && line.includes(`/${topic}-0/`) && line.includes(`${ending}>`),
  ).length;
}
