/**
 * `npm run prove:learn`: interrupts twenty sessions of the watch mode at random moments, in five ways, and looks whether
 * anything that was checked or saved under watch is lost. Options: --share, --seed, --record FILE.
 */
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment, placement } from '#machine/environment.ts';
import { chooseWorkFolder } from '#machine/work-folder.ts';
import { randomFrom, shuffled } from '#measure/random.ts';
import { interruptions, type LearnRun, learnBar, learnSummary, type ProveLearn } from '#model/prove.ts';
import { interruptOnce } from './learn-case.ts';
import { exercise, LearnHome } from './learn-home.ts';
import { type Asked, partOf, proveProgram } from './program.ts';

const solution = fileURLToPath(new URL(`../../labs/exercises/${exercise}/solution.ts`, import.meta.url));

if (import.meta.main) await proveProgram('learn', proveLearn, learnSummary);

/** Runs the series. */
export async function proveLearn({ share, seed, small, signal, say }: Asked): Promise<ProveLearn> {
  const startedAt = new Date();
  const random = randomFrom(seed);
  const earlier = mkdtempSync(join(tmpdir(), 'zc-earlier-'));
  const runs: LearnRun[] = [];
  try {
    pass(earlier);
    const count = partOf(learnBar.runs, share);
    const order = shuffled(
      Array.from(
        { length: learnBar.runs },
        (_, at) => interruptions[at % interruptions.length] as LearnRun['interruption'],
      ),
      random,
    );
    for (const interruption of order.slice(0, count)) {
      signal.throwIfAborted();
      const run = await interruptOnce(interruption, 1 + Math.floor(random() * 1e9), earlier);
      runs.push({ order: runs.length, ...run });
      const found = run.faults.length === 0 ? 'nothing lost' : run.faults.join('; ');
      say(`${runs.length} of ${count}: ${interruption}, ${run.saves} saves, ${run.checked} checked: ${found}`);
    }
  } finally {
    rmSync(earlier, { recursive: true });
  }
  return {
    kind: 'prove-learn',
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    durationNs: (Date.now() - startedAt.getTime()) * 1e6,
    seed,
    share,
    small,
    environment: environment(chooseWorkFolder(tmpdir(), 0), placement()),
    parameters: { exercise },
    runs,
  };
}

/** Passes the exercise once, and puts aside what is then known of the learner. */
function pass(earlier: string): void {
  using home = new LearnHome(null);
  copyFileSync(solution, home.file);
  const { code, stdout, stderr } = home.learn('check', exercise, '--json');
  if (code !== 0) throw new Error(`Cannot begin: the solution of ${exercise} does not pass here: ${stdout}${stderr}`);
  cpSync(home.state, earlier, { recursive: true });
}
