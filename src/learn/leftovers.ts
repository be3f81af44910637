/** What this process has open, mapped and resident: looked at before and after a learner's function. proc(5). */
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';

/** What is left when the learner's function has come back. */
export interface Leftovers {
  /** What open descriptors lead to that were not open before: paths, `pipe:[n]`. */
  readonly descriptors: readonly string[];
  /** Mappings of the files that it was given. */
  readonly mappings: number;
  /** How far the resident memory rose above what it was before, at its highest, bytes. */
  readonly grownBytes: number;
}

/** Remembers what there is now. @returns says later what has come since, `paths` being the files that were given */
export function watchLeftovers(): (paths: readonly string[]) => Leftovers {
  const before = new Set(descriptors().keys());
  const memory = beginPeak();
  return (paths) => {
    const opened = [...descriptors()].filter(([fd]) => !before.has(fd)).map(([, name]) => name);
    const maps = readFileSync('/proc/self/maps', 'utf8').split('\n');
    return {
      // The thread pool and timers of Node open event counters of their own, whenever they are used first.
      descriptors: opened.filter((name) => !name.startsWith('anon_inode:')),
      mappings: maps.filter((line) => paths.some((path) => line.endsWith(path))).length,
      grownBytes: Math.max(0, peak() - memory),
    };
  };
}

/** Open descriptors and what they lead to. */
function descriptors(): Map<number, string> {
  const names = readdirSync('/proc/self/fd').flatMap((fd): [number, string][] => {
    try {
      return [[Number(fd), readlinkSync(`/proc/self/fd/${fd}`)]];
    } catch {
      // The one that read the folder is closed again.
      return [];
    }
  });
  return new Map(names);
}

/** Sets the highest resident memory back to what it is now, bytes: 5 into clear_refs, proc(5). */
function beginPeak(): number {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Without it the peak so far counts, which was reached by starting: it can only hide growth, not invent it.
  }
  return peak();
}

function peak(): number {
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;
}
