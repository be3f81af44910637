/** What the machine, its TCP queues and a process hold, and what of it was taken between two looks. */
import { fact } from '#machine/facts.ts';
import { type FreeMemory, freeMemory, queuedInTcp } from '#machine/free-memory.ts';

/** Bytes. */
export interface HeldMemory {
  readonly free: FreeMemory;
  readonly queued: number;
  /** Resident size of the process; 0 when it has ended. */
  readonly resident: number;
}

/** @param pid whose resident size is wanted */
export function heldMemory(pid: number): HeldMemory {
  const status = fact(`/proc/${pid}/status`) ?? '';
  const resident = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  return { free: freeMemory(), queued: queuedInTcp(), resident };
}

/** What was taken in between: `memoryBytes` is the machine's, the lists of its CPUs added (machine/free-memory.ts). */
export function takenMemory(before: HeldMemory, after: HeldMemory) {
  const availableBytes = before.free.available - after.free.available;
  return {
    memoryBytes: availableBytes + before.free.inLists - after.free.inLists,
    availableBytes,
    queuedBytes: after.queued - before.queued,
    processBytes: after.resident - before.resident,
  };
}
