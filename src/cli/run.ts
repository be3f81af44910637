/** `./zc run`: runs labs one after the other, stores each result as its lab ends, and reports it. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { type Lab, loadLab } from '#measure/lab.ts';
import { ExitCode, endWith, errorSentence, UsageError } from './exit.ts';
import { labFile, labIds } from './places.ts';
import { type Outcome, renderOutcomes } from './report/outcomes.ts';
import { reportOptions } from './report-options.ts';
import { runAnywhere } from './run-anywhere.ts';
import { refuseClock } from './run-guest.ts';
import { type RunOptions, runOne } from './run-one.ts';
import { stopSignal } from './signals.ts';
import { closest } from './suggest.ts';

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
