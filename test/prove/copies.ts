/**
 * `npm run prove:copies`: counts the kernel's copies in ten guests, one after the other, and holds every run against the
 * one right answer. Options: --share, --seed, --small (less payload), --record FILE.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type CopiesRun, copiesBar, copiesSummary, type ProveCopies, wrongCopies } from '#model/prove.ts';
import { type CountResult, countResultSchema } from '#model/result.ts';
import { type Asked, partOf, proveProgram } from './program.ts';

const zc = fileURLToPath(new URL('../../zc', import.meta.url));
const KERNEL = '6.12';
const BYTES = 2 ** 20;
const SMALL_BYTES = 2 ** 18;

if (import.meta.main) await proveProgram('copies', proveCopies, copiesSummary);

/** Runs the series. */
export async function proveCopies(asked: Asked): Promise<ProveCopies> {
  const { share, small, seed, say } = asked;
  const startedAt = new Date();
  const bytes = small ? SMALL_BYTES : BYTES;
  const results: CountResult[] = [];
  for (let order = 0; order < partOf(copiesBar.runs, share); order++) {
    const result = await countCopies(bytes, seed + order, asked);
    results.push(result);
    say(`run ${order + 1}: ${wrongCopies(runOf(result, order)).join('; ') || 'as expected'}`);
  }
  const [{ environment }] = results as [CountResult];
  return {
    kind: 'prove-copies',
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    durationNs: (Date.now() - startedAt.getTime()) * 1e6,
    seed,
    share,
    small,
    environment,
    parameters: { guestKernel: KERNEL, bytes },
    runs: results.map(runOf),
  };
}

/** What one run counted, without its stacks. */
export function runOf({ series, seed, environment }: CountResult, order: number): CopiesRun {
  const rows = series.flatMap(({ variant, factors, samples }) =>
    samples.map(({ payloadBytes, copiedTotal = 0 }) => ({
      variant,
      link: String(factors.link),
      receiver: String(factors.receiver),
      fileSystem: String(factors.fileSystem),
      payloadBytes,
      copiedTotal,
    })),
  );
  return { order, seed, kernel: environment.kernel.release, rows };
}

/** One run of ./zc in a guest of its own; what it stores goes to a folder that is removed. */
async function countCopies(bytes: number, seed: number, { signal, work }: Asked): Promise<CountResult> {
  const state = mkdtempSync(join(tmpdir(), 'zero-copy-prove-'));
  const args = ['run', 'count-copies', '--guest', '--guest-kernel', KERNEL, '--json', '--rounds', '1'];
  args.push('--size', String(bytes), '--seed', String(seed), ...(work === undefined ? [] : ['--work', work]));
  try {
    const run = spawn(zc, args, {
      // A session of its own: Ctrl-C reaches this program, which passes it on.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      // This program holds the measuring lock already.
      env: { ...process.env, XDG_STATE_HOME: state, ZC_LOCK_HELD: '1' },
    });
    signal.addEventListener('abort', () => run.kill('SIGTERM'), { once: true });
    const [said, complained] = await Promise.all([text(run.stdout), text(run.stderr), once(run, 'close')]);
    signal.throwIfAborted();
    if (run.exitCode !== 0) throw new Error(`./zc ${args.join(' ')} ended with ${run.exitCode}: ${complained}`);
    return countResultSchema.parse(JSON.parse(said));
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}
