/** Which files of a partition a broker has mapped: /proc/PID/maps, proc_pid_maps(5). */
import { readFileSync } from 'node:fs';

export interface MappedFiles {
  /** `.index`, `.timeindex` and `.txnindex`. */
  readonly indexes: number;
  /** `.log`: the records. */
  readonly logs: number;
}

/** @param folder the partition's, as the kernel knows it: without symbolic links */
export function mappedFiles(pid: number, folder: string): MappedFiles {
  return countMapped(readFileSync(`/proc/${pid}/maps`, 'utf8'), folder);
}

/** Counts each file once, however often it is mapped. */
export function countMapped(maps: string, folder: string): MappedFiles {
  const paths = new Set(
    maps
      .split('\n')
      .map((line) => line.slice(line.indexOf('/')))
      .filter((path) => path.startsWith(`${folder}/`)),
  );
  const ending = (pattern: RegExp) => [...paths].filter((path) => pattern.test(path)).length;
  return { indexes: ending(/\.(index|timeindex|txnindex)$/), logs: ending(/\.log$/) };
}
