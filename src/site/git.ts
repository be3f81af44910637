/** What git knows about the checkout. From a ZIP without .git every answer is undefined, and pages leave it out. */
import { execFileSync } from 'node:child_process';

function git(...words: string[]): string | undefined {
  try {
    return execFileSync('git', ['-c', 'core.quotepath=off', ...words], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}

/** Reads `git log --format=t:%ct --name-only`, newest first: the last commit's date of each file. */
export function readDates(log: string): Map<string, Date> {
  const dates = new Map<string, Date>();
  let date = new Date(0);
  for (const line of log.split('\n')) {
    if (line.startsWith('t:')) date = new Date(Number(line.slice(2)) * 1000);
    else if (line && !dates.has(line)) dates.set(line, date);
  }
  return dates;
}

let dates: Map<string, Date> | undefined;

/** Date of the last commit that changed a page of content/: one call of git for all of them. */
export function lastCommitOf(file: string): Date | undefined {
  dates ??= readDates(git('log', '--format=t:%ct', '--name-only', '--relative', '--', 'content') ?? '');
  return dates.get(file);
}

let head: { commit: string; date: string } | undefined | null = null;

/** Commit that the site is built from, and its day. */
export function builtFrom(): { commit: string; date: string } | undefined {
  if (head === null) {
    const [commit, date] = (git('log', '-1', '--format=%h %cs') ?? '').trim().split(' ');
    head = commit && date ? { commit, date } : undefined;
  }
  return head;
}
