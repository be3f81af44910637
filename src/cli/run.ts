/** `./zc run`: runs labs one after the other, stores each result as its lab ends, and reports it. */
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Descriptor } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { holdMachine } from '#machine/lock.ts';
import { storeResult } from '#machine/result-store.ts';
import { chooseWorkFolder } from '#machine/work-folder.ts';
import { type Lab, loadLab } from '#measure/lab.ts';
import type { Mode, Request } from '#measure/request.ts';
import { withSession } from '#measure/session.ts';
import { type LabResult, labResultSchema } from '#model/result.ts';
import { formatBytes } from '#model/words/units.ts';
import { ExitCode, endWith, errorSentence, UsageError } from './exit.ts';
import type { GuestOptions } from './guest-session.ts';
import { labFile, labIds } from './places.ts';
import { progressOn } from './progress.ts';
import { renderReport } from './report/index.ts';
import { type Outcome, renderOutcomes } from './report/outcomes.ts';
import { reportOptions } from './report-options.ts';
import { runAnywhere } from './run-anywhere.ts';
import { measureInGuest, refuseClock } from './run-guest.ts';
import { stopSignal } from './signals.ts';
import { closest } from './suggest.ts';

export interface RunOptions extends GuestOptions {
  all?: boolean;
  quick?: boolean;
  full?: boolean;
  size?: number;
  rounds?: number;
  receiver?: 'copy' | 'discard';
  seed?: number;
  out?: string;
  verbose?: boolean;
  json?: boolean;
  guest?: boolean;
}

/** Runs the labs and sets the exit code: 0 when all finished (with --all: all that can run here), else that of the first that did not. */
export async function run(ids: readonly string[], options: RunOptions): Promise<void> {
  const labs = await chosen(ids, options);
  if (options.out !== undefined && existsSync(options.out)) {
    throw new UsageError(
      `Cannot write the result to '${resolve(options.out)}': it exists already; name a new file with --out`,
    );
  }
  const signal = stopSignal();
  const outcomes: Outcome[] = [];
  for (const { lab, path } of labs) {
    try {
      outcomes.push({
        lab,
        state: 'done',
        result: await (options.all ? runAnywhere : runOne)(lab, path, options, signal),
      });
    } catch (error) {
      outcomes.push({ lab, state: 'failed', error });
      sayFailure(lab, error, options);
      if (signal.aborted) break;
    }
  }
  // Of all labs, those that cannot run here are no failure as long as some can.
  const able = outcomes.filter(({ state }) => state === 'done');
  if (options.all && able.length === 0) process.exitCode ||= ExitCode.cannotRunHere;
  if (options.json && able.length > 0) process.stdout.write(`${document(outcomes, labs.length)}\n`);
  else if (options.all) process.stdout.write(`\n${renderOutcomes(outcomes, reportOptions(false)).join('\n')}\n`);
}

/** Says why a lab gave no result. The others still run, unless the reader stopped us; the first failure decides the exit code. */
function sayFailure(lab: Lab, error: unknown, options: RunOptions): void {
  const earlier = process.exitCode;
  if (options.all) process.stderr.write(`${lab.id}: no result\n`);
  endWith(error);
  if (earlier || (options.all && error instanceof CannotRunHere)) process.exitCode = earlier;
}

/** One result as it is; of several also those that there is none of, and why. */
function document(outcomes: readonly Outcome[], asked: number): string {
  const results = outcomes.flatMap((one) => (one.state === 'done' ? [one.result] : []));
  if (asked === 1) return JSON.stringify(results[0], null, 1);
  const failed = outcomes.flatMap((one) =>
    one.state === 'failed' ? [{ lab: one.lab.id, why: errorSentence(one.error) }] : [],
  );
  return JSON.stringify({ schemaVersion: 1, results, ...(failed.length > 0 ? { failed } : {}) }, null, 1);
}

/** Runs one lab, stores its result and reports it, unless everything is to be one JSON document. */
export async function runOne(lab: Lab, path: string, options: RunOptions, signal: AbortSignal): Promise<LabResult> {
  const request = requestFrom(options);
  using _ = await hold(lab, signal);
  const result = options.guest
    ? await measureInGuest(lab, request, options, signal)
    : await measureHere(lab, path, request, options, signal);
  const stored = storeResult(result, options.out, chooseWorkFolder(options.work, 0).path);
  if (!options.json) {
    process.stdout.write(`${renderReport(result, lab, reportOptions(options.verbose === true))}\n`);
    const instead = stored.instead ? ` (${stored.instead})` : '';
    process.stderr.write(`Every sample is in ${stored.path}${instead}\n`);
  }
  return result;
}

/** Runs a lab in processes of this machine. */
async function measureHere(
  lab: Lab,
  path: string,
  request: Request,
  { work }: RunOptions,
  signal: AbortSignal,
): Promise<LabResult> {
  const cost = lab.cost[request.mode];
  const diskBytes = request.bytes ?? cost.diskBytes;
  process.stderr.write(
    `${lab.id}: about ${cost.seconds} s, ${formatBytes(diskBytes)} on disk, ${formatBytes(cost.memoryBytes)} of memory\n`,
  );
  const progress = progressOn(process.stderr, lab.id);
  const result = await withSession({ request, labFile: path, work, diskBytes, progress, signal }, (session) =>
    lab.run(lab, session),
  );
  return labResultSchema.parse(result);
}

/** The measuring lock, with a sentence when another run has it. */
async function hold(lab: Lab, signal: AbortSignal): Promise<Descriptor | null> {
  return await holdMachine(
    `./zc run ${lab.id}`,
    (holder) => process.stderr.write(`${lab.id}: waiting for another run on this machine to end (${holder})\n`),
    signal,
  ).catch((error) => {
    throw signal.aborted ? signal.reason : error;
  });
}

async function chosen(ids: readonly string[], options: RunOptions): Promise<{ lab: Lab; path: string }[]> {
  const known = labIds();
  if (options.quick && options.full) throw new UsageError('Cannot run --quick and --full at once: choose one');
  if (ids.length === 0 && !options.all) {
    throw new UsageError(
      `Expected the id of a lab, found none: ./zc run ${known[0]} --quick, or ./zc list for all of them`,
    );
  }
  if (options.out !== undefined && (options.all || ids.length > 1)) {
    throw new UsageError('Cannot write several results to one --out file: run one lab with it');
  }
  const wanted = options.all ? known : [...new Set(ids)];
  const paths = wanted.map((id) => labFile(id) ?? unknown(id, known));
  const labs = await Promise.all(paths.map(async (path) => ({ lab: await loadLab(path), path })));
  if (!options.guest) return labs;
  // All of them means all that a guest can answer.
  if (options.all) return labs.filter(({ lab }) => lab.kind !== 'time');
  for (const { lab } of labs) refuseClock(lab);
  return labs;
}

function unknown(id: string, known: readonly string[]): never {
  const near = closest(id, known);
  throw new UsageError(
    `Cannot find a lab '${id}': ${near ? `did you mean '${near}'? ` : ''}./zc list shows all of them`,
  );
}

function requestFrom(options: RunOptions): Request {
  const mode: Mode = options.quick ? 'quick' : options.full ? 'full' : 'default';
  return {
    mode,
    rounds: options.rounds ?? null,
    bytes: options.size ?? null,
    receiver: options.receiver ?? 'copy',
    seed: options.seed ?? randomInt(2 ** 32 - 1),
  };
}
