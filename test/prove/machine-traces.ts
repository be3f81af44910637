/** What a run could leave in the whole machine, and not among its own files: devices, mounts, groups, probes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line for each network device, mount, control group of ours and probe of ours that there is now. */
export function machineTraces(): string[] {
  return [
    ...lines('/proc/net/dev')
      .slice(2)
      .map((line) => `network device ${line.trim().split(':')[0]}`),
    ...lines('/proc/self/mountinfo').map((line) => `mount at ${line.split(' ')[4]}`),
    ...groups('/sys/fs/cgroup', 3).map((path) => `control group ${path}`),
    ...lines('/sys/kernel/tracing/kprobe_events')
      .filter((line) => line.includes(':zc_'))
      .map((line) => `probe ${line.split(' ')[0]}`),
  ].sort();
}

/** What is there now and was not before. */
export function newTraces(before: readonly string[]): string[] {
  const rest = [...before];
  return machineTraces().filter((trace) => {
    const at = rest.indexOf(trace);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

function lines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trim().split('\n');
  } catch {
    // Not mounted, or not for this user: then a run cannot have left anything there either.
    return [];
  }
}

/** Control groups that a run made, and that is over: their names begin as its folder's, `run-PID-`. */
function groups(folder: string, depth: number): string[] {
  if (depth === 0 || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      if (!name.startsWith('run-')) return groups(join(folder, name), depth - 1);
      return isUnderWay(name) ? [] : [join(folder, name)];
    });
}

/** Whether the process that gave this name is alive: another run has it, beside the one that was killed. */
export function isUnderWay(name: string): boolean {
  const pid = /^run-(\d+)-/.exec(name)?.[1];
  return pid !== undefined && existsSync(`/proc/${pid}`);
}
