/** `./zc run`: runs labs, stores each result as its lab ends, and reports it. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { type Lab, loadLab } from '#measure/lab.ts';
import type { LabResult } from '#model/result.ts';
import { agreeToWrite, refuseBootstrap } from './bootstrap.ts';
import { ExitCode, endWith, errorSentence, UsageError } from './exit.ts';
import { labFile, labIds } from './places.ts';
import { type Outcome, renderOutcomes } from './report/outcomes.ts';
import { reportOptions } from './report-options.ts';
import { runAll } from './run-all.ts';
import { guestAnswers, runInstead } from './run-anywhere.ts';
import { refuseClock } from './run-guest.ts';
import { hold, type RunOptions, runOne } from './run-one.ts';
import { stopSignal } from './signals.ts';
import { closest } from './suggest.ts';

/** A lab and its file. */
interface Asked {
  readonly lab: Lab;
  readonly path: string;
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
  for (const { lab } of labs) await agreeToWrite(lab, options, signal);
  const outcomes = await outcomesOf(labs, options, signal);
  // Of all labs, those that cannot run here are no failure as long as some can.
  const able = outcomes.filter(({ state }) => state === 'done');
  if (options.all && able.length === 0) process.exitCode ||= ExitCode.cannotRunHere;
  if (options.json && able.length > 0) process.stdout.write(`${document(outcomes, labs.length)}\n`);
  else if (options.all) process.stdout.write(`\n${renderOutcomes(outcomes, reportOptions(false)).join('\n')}\n`);
}

/** Runs the labs. @returns what came of each, in their order; fewer where the reader stopped us */
async function outcomesOf(
  labs: readonly Asked[],
  options: RunOptions,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes = new Map<Asked, Outcome>();
  const keep = async (one: Asked, result: Promise<LabResult>) => {
    outcomes.set(one, { lab: one.lab, state: 'done', result: await result });
  };
  // What cannot run here goes into the guest only where everything is asked for, and not all of it is there already.
  const instead = options.all === true && !options.guest;
  await runAll(
    labs,
    {
      unmoved: ({ lab }) => instead && lab.beside === true,
      here: (one, beside) => keep(one, runOne(one.lab, one.path, { ...options, beside }, signal)),
      guest: (one) => keep(one, runInstead(one.lab, one.path, { ...options, beside: true }, signal)),
      guestAnswers: ({ lab }, error) => instead && guestAnswers(lab, error),
      failed(one, error) {
        outcomes.set(one, { lab: one.lab, state: 'failed', error });
        sayFailure(one.lab, error, options);
      },
      async together(run) {
        using _ = await hold('./zc run --all', 'zc', signal);
        await run();
      },
    },
    signal,
  );
  return labs.flatMap((one) => outcomes.get(one) ?? []);
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

async function chosen(ids: readonly string[], options: RunOptions): Promise<Asked[]> {
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
  if (options.bootstrap)
    refuseBootstrap(
      labs.map(({ lab }) => lab),
      options,
    );
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
