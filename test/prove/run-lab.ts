/** One run of a lab by the real ./zc, inside a series: what it stores goes to a folder that is removed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ExitCode } from '#cli/exit.ts';
import type { Asked } from './program.ts';

const zc = fileURLToPath(new URL('../../zc', import.meta.url));

/**
 * @param mayFail also a run counts in which labs gave no result, which its document names
 * @returns the document that it printed @throws {Error} with its exit code and what it said
 */
export async function runLab(
  args: readonly string[],
  { work, signal }: Pick<Asked, 'work' | 'signal'>,
  mayFail = false,
): Promise<unknown> {
  const state = mkdtempSync(join(tmpdir(), 'zero-copy-prove-'));
  const words = ['run', ...args, '--json', ...(work === undefined ? [] : ['--work', work])];
  try {
    const run = spawn(zc, words, {
      // A session of its own: Ctrl-C reaches this program, which passes it on.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      // This program holds the measuring lock already.
      env: { ...process.env, XDG_STATE_HOME: state, ZC_LOCK_HELD: '1' },
    });
    signal.addEventListener('abort', () => run.kill('SIGTERM'), { once: true });
    const [said, complained] = await Promise.all([text(run.stdout), text(run.stderr), once(run, 'close')]);
    signal.throwIfAborted();
    const asExpected = run.exitCode === 0 || (mayFail && run.exitCode === ExitCode.broke && said !== '');
    if (!asExpected) throw new Error(`./zc ${words.join(' ')} ended with ${run.exitCode}: ${complained}`);
    return JSON.parse(said);
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}
