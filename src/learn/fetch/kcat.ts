/** The real kcat, which consumes a partition. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { findProgram } from '#machine/program.ts';
import type { Bench } from '../bench.ts';

/** Path of kcat. @throws {CannotRunHere} when it is not installed */
export function findKcat(): string {
  try {
    return findProgram('kcat');
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    throw new CannotRunHere('no-program', { program: 'kcat', package: 'kcat' }, { cause: error });
  }
}

export interface Consumed {
  /** Offset, length and value of each record, as format() writes them. */
  readonly printed: Buffer;
  /** What it has to say, in its own words; null when it is content. */
  readonly trouble: string | null;
}

/** Consumes `count` records from an offset on. @param mostMs it is ended after so long */
export async function kcat(
  port: number,
  { topic, offset, count }: { readonly topic: string; readonly offset: number; readonly count: number },
  mostMs: number,
  bench: Bench,
): Promise<Consumed> {
  const args = [
    // -F none: nothing of the user's configuration. -u: what is printed is written at once.
    ...['-F', 'none', '-b', `127.0.0.1:${port}`, '-C', '-t', topic, '-p', '0', '-q', '-u'],
    ...['-o', String(offset), '-c', String(count), '-f', '%o %S %s\n'],
  ];
  const child = spawn(findKcat(), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid !== undefined) bench.guard.watchProcess(child.pid);
  const pieces: Buffer[] = [];
  let said = '';
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  child.stderr.on('data', (text) => {
    said += text;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), mostMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  if (child.pid !== undefined) bench.guard.forget(child.pid);
  const last = said.trim().split('\n').at(-1) ?? '';
  return {
    printed: Buffer.concat(pieces),
    trouble: code === 0 ? null : last || 'nothing, and did not come to its end',
  };
}

/** What kcat prints of these records. @param values by offset */
export function printedOf(values: readonly Buffer[], offset: number): Buffer {
  return Buffer.concat(
    values
      .slice(offset)
      .flatMap((value, at) => [Buffer.from(`${offset + at} ${value.length} `), value, Buffer.from('\n')]),
  );
}

/** Offset of the first record that is not printed as it was produced; null when all are. */
export function firstDifference(printed: Buffer, values: readonly Buffer[], offset: number): number | null {
  let at = 0;
  for (let next = offset; next < values.length; next++) {
    const line = printedOf(values.slice(0, next + 1), next);
    if (!printed.subarray(at, at + line.length).equals(line)) return next;
    at += line.length;
  }
  return at === printed.length ? null : values.length;
}
