/**
 * What a learner's server is seen to do, besides what its calls move: whether it waits when nobody can go on, and whether a
 * call of it waits for the disk. The disk is a slow one here: what is asked to be read ahead comes only after the program
 * has waited twice, so that nothing depends on how fast a real one is. One state a process.
 */
import * as libc from '#libc';

/** A call that asked for bytes of a file that were not in memory, so that it waited for the disk. */
export interface ColdCall {
  readonly call: string;
  readonly offset: number;
  readonly count: number;
  /** Pages of that part, and how many of them were in memory. */
  readonly pages: number;
  readonly resident: number;
}

export interface Observed {
  /** Calls that answered EAGAIN. */
  readonly again: number;
  /** Waits for something to happen: poll(2), unless it was told not to wait and found nothing. */
  readonly waits: number;
  /** The first of its kind, and how many there were. */
  readonly cold: ColdCall | null;
  readonly coldCalls: number;
}

/** How many waits pass before the slow disk brings what it was asked for. */
const DISK_WAITS = 2;

interface Ahead {
  readonly fd: number;
  readonly offset: number;
  readonly length: number;
  readonly due: number;
}

const state = {
  slowDisk: false,
  again: 0,
  waits: 0,
  cold: null as ColdCall | null,
  coldCalls: 0,
  ahead: [] as Ahead[],
};

/** From now on, the disk is slow and every call that takes bytes of a file is looked at. */
export function slowDisk(): void {
  state.slowDisk = true;
}

/** What was seen so far. */
export function observed(): Observed {
  const { again, waits, cold, coldCalls } = state;
  return { again, waits, cold, coldCalls };
}

/** Notes what a call answered, and gives it on. */
export function answered(result: number): number {
  if (result === -libc.EAGAIN) state.again++;
  return result;
}

/** Looks whether what a call is about to take is in memory. */
export function taking(call: string, fd: number, offset: number, count: number): void {
  if (!state.slowDisk) return;
  const file = libc.fstat(fd);
  const page = libc.pageSize();
  const end = Math.min(file.size, offset + count);
  const pages = Math.ceil((end - Math.floor(offset / page) * page) / page);
  if (!file.isFile() || end <= offset) return;
  const resident = libc.residentPages(fd, offset, count);
  if (resident >= pages) return;
  state.coldCalls++;
  state.cold ??= { call, offset, count: end - offset, pages, resident };
}

/** Asks the slow disk. @returns false when there is none: the caller asks the real one */
export function asksAhead(fd: number, advice: number, offset: number, length: number): boolean {
  if (!state.slowDisk || advice !== libc.fileAdvice.willNeed) return false;
  state.ahead.push({ fd, offset, length, due: state.waits + DISK_WAITS });
  return true;
}

/**
 * The program has waited once more: what the slow disk has ready is read for real. To ask poll(2) with a limit of 0, and to
 * be told that nothing has happened, is no wait.
 */
export function waited(timeoutMs: number, happened: boolean): void {
  if (timeoutMs === 0 && !happened) return;
  state.waits++;
  const ready = state.ahead.filter(({ due }) => due <= state.waits);
  state.ahead = state.ahead.filter(({ due }) => due > state.waits);
  for (const { fd, offset, length } of ready) {
    try {
      libc.fadvise(fd, libc.fileAdvice.willNeed, offset, length);
    } catch {
      // It was closed meanwhile.
    }
  }
}
