/** Processes that run already, as /proc shows them. proc(5). */
import { readdirSync, readFileSync } from 'node:fs';
import type { Attached } from './account.ts';
import type { MappedFile } from './mapped-files.ts';

/** There is no process of that number: exit code 2. */
export class NoSuchProcess extends Error {
  override name = 'NoSuchProcess';

  constructor(pid: number) {
    super(`Cannot find a process ${pid}: it has ended, or it is in another PID namespace. Running ones: ps -e`);
  }
}

/** A line of /proc/PID/status. @throws {NoSuchProcess} */
export function statusOf(pid: number, name: string): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? null;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new NoSuchProcess(pid) : error;
  }
}

/** Children of a process, their children and so on, without this process and its own. */
export function childrenOf(pid: number): number[] {
  const own = threadsOf(pid).flatMap((thread) => {
    try {
      const children = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8');
      return children.split(' ').filter(Boolean).map(Number);
    } catch {
      return [];
    }
  });
  return own.filter((child) => child !== process.pid).flatMap((child) => [child, ...childrenOf(child)]);
}

/** What must be known of a process before its calls can be understood: its threads, and the files that it has mapped. */
export function lookAt(pid: number): Attached {
  return { threads: threadsOf(pid), mappings: mappingsOf(pid) };
}

function threadsOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}

/** Files that are mapped and not executed: lines `from-to r--s offset device inode path`. */
function mappingsOf(pid: number): MappedFile[] {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/maps`, 'utf8');
  } catch {
    // Another user's: strace will say that it may not be traced.
    return [];
  }
  const lines = text.split('\n').flatMap((line) => {
    const [, from, to, rights = '', offset, path] =
      /^([0-9a-f]+)-([0-9a-f]+) (\S+) ([0-9a-f]+) \S+ \d+ +(\/.*)$/.exec(line) ?? [];
    if (from === undefined || to === undefined || offset === undefined || path === undefined) return [];
    const [address, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
    const mapping = { path, address, length: end - address, offset: Number.parseInt(offset, 16), id: 0 };
    return [{ mapping, executable: rights.includes('x') }];
  });
  const programs = new Set(lines.filter(({ executable }) => executable).map(({ mapping }) => mapping.path));
  return lines.map(({ mapping }) => mapping).filter(({ path }) => !programs.has(path));
}
