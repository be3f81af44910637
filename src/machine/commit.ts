import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Short commit of this clone, `+` after it when files differ; null from a ZIP or without git. A guest has no git and is
 * told by the host, in ZC_COMMIT.
 */
export function commit(): string | null {
  if (process.env.ZC_COMMIT !== undefined) return process.env.ZC_COMMIT || null;
  // Without optional locks: 'git status' would write into the reader's clone, and get in the way of another git there.
  const git = (...args: string[]) =>
    execFileSync('git', ['--no-optional-locks', '-C', fileURLToPath(new URL('../../', import.meta.url)), ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    }).trim();
  try {
    const hash = git('rev-parse', '--short=12', 'HEAD');
    // Results of an earlier lab of the same recording do not make this one another program's.
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', ':!labs/results');
    return changed ? `${hash}+` : hash;
  } catch {
    return null;
  }
}
