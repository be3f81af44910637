/**
 * What the long series have in common: their options, the measuring lock, and where the result goes.
 *
 * The result goes to --record FILE, which must not exist (the first complete series counts), else to stdout. Progress and
 * the closing sentence go to stderr. Exit codes are those of ./zc; 1 when the series did not meet its bar.
 */
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ExitCode, endWith, UsageError } from '#cli/exit.ts';
import { stopSignal } from '#cli/signals.ts';
import { holdMachine } from '#machine/lock.ts';
import { type ProveResult, type ProveSummary, proveResultSchema } from '#model/prove.ts';
import { proveText } from './prove-text.ts';

/** Seed of every part of a series, so that a test repeats. A full series draws one, and its result says which. */
const SHARE_SEED = 20_260_823;

export interface Asked {
  /** Part of the full series, 1 for all of it. */
  readonly share: number;
  readonly seed: number;
  /** Less work a run, for tests. */
  readonly small: boolean;
  /** Where a series that takes long keeps what it has, so that it can be continued; null: it is not recorded. */
  readonly part: string | null;
  /** Folder for the runs' files; undefined: chosen as ./zc run does. */
  readonly work: string | undefined;
  /** Aborts when the series is asked to stop. */
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** Runs a series as a program. */
export async function proveProgram<R extends ProveResult>(
  name: string,
  series: (asked: Asked) => Promise<R>,
  summary: (result: R) => ProveSummary,
): Promise<void> {
  try {
    const { record, ...options } = readOptions(process.argv.slice(2));
    const say = (line: string) => void process.stderr.write(`${name}: ${line}\n`);
    const signal = stopSignal();
    using _ = await holdMachine(`npm run prove:${name}`, (holder) => say(`waiting for ${holder}`), signal);
    say(`seed ${options.seed}, ${options.share === 1 ? 'the full series' : `a part of ${options.share}`}`);
    const part = record === undefined ? null : `${record}.part`;
    const result = await series({ ...options, part, signal, say });
    proveResultSchema.parse(result);
    if (record === undefined) process.stdout.write(proveText(result));
    else write(record, proveText(result));
    if (part !== null) rmSync(part, { force: true });
    const { held, text } = summary(result);
    say(text);
    if (held !== null) say(held ? 'The bar was met.' : 'The bar was NOT met.');
    if (held === false) process.exitCode = ExitCode.broke;
  } catch (error) {
    endWith(error);
  }
}

function readOptions(args: string[]): Omit<Asked, 'signal' | 'say' | 'part'> & { readonly record: string | undefined } {
  const { share: part = '1', seed, small = false, record, work } = parsed(args);
  const share = Number(part);
  if (!(share > 0 && share <= 1)) throw new UsageError(`Expected a --share above 0 and up to 1, found '${part}'`);
  if (seed !== undefined && !/^[1-9]\d{0,8}$/.test(seed)) {
    throw new UsageError(`Expected a whole number from 1 to 999999999 as --seed, found '${seed}'`);
  }
  if (record !== undefined && existsSync(record)) {
    throw new UsageError(
      `Cannot record to '${resolve(record)}': it exists already, and the first complete series counts`,
    );
  }
  const drawn = share === 1 ? randomInt(1, 1e9) : SHARE_SEED;
  return { share, seed: seed === undefined ? drawn : Number(seed), small, record, work };
}

function parsed(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { share: text, seed: text, small: { type: 'boolean' }, record: text, work: text } as const;
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: 'wx' });
}

/** This part of a full count, at least 1. */
export function partOf(full: number, share: number): number {
  return Math.max(1, Math.round(full * share));
}
