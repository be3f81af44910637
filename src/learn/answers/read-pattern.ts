/** Reads of single pages of a file in some order, and how many pages they leave in memory here. */
import { randomInt } from 'node:crypto';
import { cachestat, fadvise, fileAdvice, Mapping, open, pageSize, pread, SyscallError } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { evict } from '#measure/source-file.ts';

/** Numbers of pages, in the order in which they are read, and the advice that is given before: posix_fadvise(2). */
export interface ReadPattern {
  readonly pages: readonly number[];
  readonly advice: 'normal' | 'random';
}

/** Pages of the file that is read. */
export const FILE_PAGES = 4096;

/** A second in all: a disk that needs longer is not read ahead from. */
const EVICT_TRIES = 100;
const EVICT_PAUSE_MS = 10;

/** Pages of a run, and reads that are spread. */
const RUN = 16;
const SPREAD = 12;
/** Reads that are spread lie in strips of their own, so that no two are near each other. */
const STRIP = Math.floor((FILE_PAGES - 1) / SPREAD);

/**
 * How many pages are in memory when a file that was not has been read so: cachestat(2), which counts pages that are still
 * on their way.
 * @throws {CannotRunHere} without cachestat, or where pages cannot be evicted
 */
export function residentAfter(path: string, { pages, advice }: ReadPattern): number {
  evictAll(path);
  using file = open(path);
  using buffer = Mapping.anonymous(pageSize());
  fadvise(file.fd, fileAdvice[advice]);
  for (const page of pages) {
    const got = pread(file.fd, buffer.address, pageSize(), page * pageSize());
    if (got < 0) throw new SyscallError('pread', -got);
  }
  return cachestat(file.fd).cached;
}

/** Pages that are still on their way from the disk cannot be put out: what was read ahead before is waited for. */
function evictAll(path: string): void {
  for (let tries = 1; ; tries++) {
    try {
      evict(path);
      return;
    } catch (error) {
      if (!(error instanceof CannotRunHere) || tries >= EVICT_TRIES) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, EVICT_PAUSE_MS);
    }
  }
}

/** Patterns at random places: what is predicted must follow from the order of the reads, and not from their numbers. */
export function randomPatterns(): ReadPattern[] {
  const run = (from: number) => Array.from({ length: RUN }, (_, at) => from + at);
  const middle = () => randomInt(RUN + 1, FILE_PAGES - 2 * RUN);
  const spread = shuffled(Array.from({ length: SPREAD }, (_, at) => 1 + at * STRIP + randomInt(Math.floor(STRIP / 2))));
  const [first = 1, second = 1, ...rest] = spread;
  return [
    { pages: run(middle()), advice: 'normal' },
    { pages: spread, advice: 'normal' },
    { pages: run(middle()), advice: 'random' },
    { pages: [middle()], advice: 'normal' },
    { pages: [0], advice: 'normal' },
    { pages: [first, second, second + 1, ...rest], advice: 'normal' },
    { pages: run(middle()).toReversed(), advice: 'normal' },
    { pages: run(0), advice: 'random' },
  ];
}

function shuffled(pages: readonly number[]): number[] {
  return pages
    .map((page) => ({ page, key: randomInt(2 ** 32) }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ page }) => page);
}
