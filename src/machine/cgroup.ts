/** Limits that a container or a service manager put on this process; cgroups(7). */
import { join } from 'node:path';
import { fact } from './facts.ts';

export interface Limits {
  version: 1 | 2 | null;
  memoryMaxBytes: number | null;
  /** CPUs' worth of time. */
  cpuMax: number | null;
  /** Times this group was stopped for having used its CPU time; null without a limit. */
  throttled(): number | null;
}

const none: Limits = { version: null, memoryMaxBytes: null, cpuMax: null, throttled: () => null };

/** The tightest limits on the way from this process's group up to the root. */
export function cgroupLimits(root = '/sys/fs/cgroup', own: string | null = fact('/proc/self/cgroup')): Limits {
  // Empty where no hierarchy was ever mounted: a guest that runs one lab and no service manager.
  if (!own) return none;
  const groups = new Map(own.split('\n').map((line) => [line.split(':')[1] as string, line.split(':')[2] as string]));
  const unified = groups.get('');
  if (unified !== undefined && fact(join(root, 'cgroup.controllers')) !== null) return version2(root, unified);
  return version1(root, groups);
}

function version2(root: string, group: string): Limits {
  const folders = upwards(root, group);
  const cpu = smallest(folders, (folder) => {
    const [quota, period] = (fact(join(folder, 'cpu.max')) ?? 'max').split(' ');
    return quota === 'max' || period === undefined ? null : Number(quota) / Number(period);
  });
  const stat = folders.find((folder) => fact(join(folder, 'cpu.stat')) !== null);
  return {
    version: 2,
    memoryMaxBytes: smallest(folders, (folder) => finite(fact(join(folder, 'memory.max')))),
    cpuMax: cpu,
    throttled: () => (cpu === null || !stat ? null : throttledIn(join(stat, 'cpu.stat'))),
  };
}

function version1(root: string, groups: Map<string, string>): Limits {
  const group = (controller: string) =>
    [...groups].find(([names]) => names.split(',').includes(controller))?.[1] ?? '/';
  const memory = upwards(join(root, 'memory'), group('memory'));
  const cpus = upwards(join(root, 'cpu'), group('cpu'));
  const cpu = smallest(cpus, (folder) => {
    const quota = Number(fact(join(folder, 'cpu.cfs_quota_us')) ?? -1);
    return quota <= 0 ? null : quota / Number(fact(join(folder, 'cpu.cfs_period_us')) ?? 100_000);
  });
  return {
    version: 1,
    memoryMaxBytes: smallest(memory, (folder) => finite(fact(join(folder, 'memory.limit_in_bytes')))),
    cpuMax: cpu,
    throttled: () => (cpu === null ? null : throttledIn(join(cpus[0] as string, 'cpu.stat'))),
  };
}

/** Folders from the group up to the root of its hierarchy. */
function upwards(root: string, group: string): string[] {
  const parts = group.split('/').filter(Boolean);
  return Array.from({ length: parts.length + 1 }, (_, up) => join(root, ...parts.slice(0, parts.length - up)));
}

function smallest(folders: string[], limit: (folder: string) => number | null): number | null {
  const limits = folders.map(limit).filter((value): value is number => value !== null);
  return limits.length > 0 ? Math.min(...limits) : null;
}

/** A limit in bytes. Version 1 writes "no limit" as a number near 2^63. */
function finite(text: string | null): number | null {
  const bytes = Number(text ?? 'max');
  return Number.isFinite(bytes) && bytes > 0 && bytes < 2 ** 60 ? Math.floor(bytes) : null;
}

function throttledIn(path: string): number | null {
  const count = /^nr_throttled (\d+)$/m.exec(fact(path) ?? '')?.[1];
  return count === undefined ? null : Number(count);
}
