/**
 * Memory that could be given to somebody at once. MemAvailable (proc_meminfo(5)) leaves out the free pages that each CPU
 * keeps in lists of its own, and since Linux 6.7 those lists grow and shrink by hundreds of MiB while pages are taken and
 * given back (mm/page_alloc.c: nr_pcp_high). A lab that looks at MemAvailable alone sees a part of what was taken, or
 * nothing. /proc/zoneinfo tells how long the lists are.
 */
import { pageSize } from '#libc';
import { fact, meminfo } from './facts.ts';

/** Bytes. */
export interface FreeMemory {
  /** MemAvailable as the kernel tells it. */
  readonly available: number;
  /** Free pages in the lists of the CPUs, which it leaves out. */
  readonly inLists: number;
}

export function freeMemory(): FreeMemory {
  return { available: meminfo('MemAvailable'), inLists: listedPages(fact('/proc/zoneinfo') ?? '') * pageSize() };
}

/** Pages in the lists of all CPUs and zones: the counts under `pagesets`, proc(5). */
export function listedPages(zoneinfo: string): number {
  let pages = 0;
  for (const [, count] of zoneinfo.matchAll(/^ +cpu: \d+\n +count: +(\d+)$/gm)) pages += Number(count);
  return pages;
}

/** Bytes that TCP has charged to the queues of all sockets of this machine: `mem` of /proc/net/sockstat, in pages. */
export function queuedInTcp(sockstat: string = fact('/proc/net/sockstat') ?? ''): number {
  return Number(/^TCP: .*\bmem (\d+)$/m.exec(sockstat)?.[1] ?? 0) * pageSize();
}
