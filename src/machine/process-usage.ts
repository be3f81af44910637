/** What a process of somebody else's has used so far: /proc/PID/stat and status, proc_pid_stat(5). */
import { readdirSync } from 'node:fs';
import type { Usage } from '#libc';
import { fact } from './facts.ts';

export interface ProcessUsage extends Usage {
  /** The most that was resident at any time, bytes. */
  readonly peakMemoryBytes: number;
}

/**
 * Faults of all its threads, ended ones included; switches of those that still are.
 * @throws {RangeError} when it has ended
 */
export function usageOf(pid: number): ProcessUsage {
  const stat = fact(`/proc/${pid}/stat`);
  if (stat === null) throw new RangeError(`Cannot say what process ${pid} has used: it has ended`);
  // The name of the program stands in brackets and may hold anything; behind the last one comes field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3] ?? 0);
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => fact(`/proc/${pid}/task/${thread}/status`) ?? '');
  const all = (name: string) => threads.reduce((sum, status) => sum + lineOf(status, name), 0);
  return {
    minorFaults: field(10),
    majorFaults: field(12),
    voluntarySwitches: all('voluntary_ctxt_switches'),
    involuntarySwitches: all('nonvoluntary_ctxt_switches'),
    peakMemoryBytes: lineOf(fact(`/proc/${pid}/status`) ?? '', 'VmHWM') * 1024,
  };
}

function lineOf(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
}
