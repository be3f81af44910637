import { checkExercise } from '#learn/index.ts';
import type { Trial } from '#model/trial.ts';
import { findingText, provedText } from '#model/words/findings.ts';
import { trialText } from '#model/words/trial.ts';
import { ExitCode } from '../exit.ts';
import { spell } from '../report/text.ts';
import { reportOptions } from '../report-options.ts';
import { stopSignal } from '../signals.ts';
import { announce } from './announce.ts';
import { openAt } from './open.ts';
import { exerciseLines, judgementLines } from './text.ts';

/**
 * `./zc learn check [name]`: one check. Exit code 0 when it passes, 1 when it does not. What is being tried is said on
 * stderr: some checks take many seconds.
 */
export async function check(name: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const opened = await openAt(name);
  const { desk, exercise } = opened;
  announce(opened);
  const options = reportOptions(false);
  if (!json) process.stdout.write(`${exerciseLines(desk, exercise, options).join('\n')}\n\n`);
  const say = (trial: Trial) => process.stderr.write(`${spell(trialText(trial), options)}\n`);
  const judgement = await checkExercise(desk, exercise, stopSignal(), say);
  const file = desk.practice.fileOf(exercise);
  if (json) {
    const text =
      judgement.state === 'passed'
        ? { text: provedText(judgement.proved) }
        : { text: judgement.findings.map((finding) => findingText(finding).seen) };
    process.stdout.write(
      `${JSON.stringify({ schemaVersion: 1, exercise: exercise.id, file, ...judgement, ...text }, null, 1)}\n`,
    );
  } else process.stdout.write(`${judgementLines(desk, exercise, judgement, options).join('\n')}\n`);
  if (judgement.state === 'failed') process.exitCode = ExitCode.broke;
}
