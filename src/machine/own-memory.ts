/** What the kernel books on this process: proc_pid_status(5). */
import { fact } from './facts.ts';

/** Bytes. */
export interface OwnMemory {
  /** Everything that is mapped and in memory, also pages of files that others map as well: VmRSS. */
  readonly resident: number;
  /** Page tables, which the pages are entered in: VmPTE. */
  readonly tables: number;
}

export function ownMemory(status: string = fact('/proc/self/status') ?? ''): OwnMemory {
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
  return { resident: field('VmRSS'), tables: field('VmPTE') };
}
