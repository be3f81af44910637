/** A control group that limits memory: cgroups(7), memory.max of version 2, memory.limit_in_bytes of version 1. */
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRunHere } from './cannot-run.ts';
import { fact } from './facts.ts';

/**
 * Makes a group with this limit.
 * @param name begins with `run-`, so that the guard removes it
 * @param watch is told its path before it is made
 * @returns its path; a process joins it by writing its number into `cgroup.procs`
 * @throws {CannotRunHere} where no group can be made or limited, found out by trying
 */
export function makeMemoryGroup(
  name: string,
  limitBytes: number,
  watch: (path: string) => void,
  { root = '/sys/fs/cgroup', own = fact('/proc/self/cgroup') ?? '' } = {},
): string {
  let cause: unknown;
  for (const parent of parents(root, own).filter((one) => existsSync(one))) {
    const path = join(parent, name);
    try {
      watch(path);
      mkdirSync(path);
      limit(path, limitBytes);
      return path;
    } catch (error) {
      cause = error;
      if (existsSync(path)) rmdirSync(path);
    }
  }
  throw new CannotRunHere('no-memory-group', {}, { cause });
}

/** Where such groups can lie: below this process's own group, or at the root of its hierarchy. */
function parents(root: string, own: string): string[] {
  const lines = own.split('\n').map((line) => line.split(':'));
  const memory = lines.find(([, controllers = '']) => controllers.split(',').includes('memory'))?.[2];
  if (memory !== undefined) return [join(root, 'memory', memory), join(root, 'memory')];
  const unified = lines.find(([, controllers]) => controllers === '')?.[2];
  return unified === undefined ? [] : [join(root, unified), root];
}

/** Version 2 gives a group this file only where its parent passes the controller on. */
function limit(path: string, bytes: number): void {
  const file = ['memory.max', 'memory.limit_in_bytes'].find((one) => existsSync(join(path, one)));
  if (file === undefined) throw new Error(`Cannot limit the group '${path}': it has no controller of memory`);
  writeFileSync(join(path, file), String(bytes));
}
