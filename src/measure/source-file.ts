/** Files to send: made once a run, and put in or out of the page cache on purpose, which is verified. */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { cachestat, fadvise, fileAdvice, fstat, Mapping, open, pageSize, pread, residentPages } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { SourceFile } from './lab.ts';
import { randomFrom } from './random.ts';

/** Bytes of the pattern that fills a file; a prime, so that no block of the file repeats another at a page boundary. */
const PATTERN_BYTES = 1_048_573;

/** A source file and what the far end must receive. */
export interface MadeFile extends SourceFile {
  readonly sha256: string;
}

/** Makes a file of pseudo-random bytes in the run folder, written to disk, so that its pages are clean and can be evicted. */
export function makeSourceFile(folder: string, bytes: number, seed: number): MadeFile {
  const path = join(folder, 'source.bin');
  const random = randomFrom(seed);
  const words = Uint32Array.from({ length: Math.ceil(PATTERN_BYTES / 4) }, () => random() * 2 ** 32);
  const pattern = Buffer.from(words.buffer, 0, PATTERN_BYTES);
  const hash = createHash('sha256');
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes; ) {
      const part = pattern.subarray(0, Math.min(PATTERN_BYTES, bytes - at));
      hash.update(part);
      let done = 0;
      while (done < part.length) done += writeSync(file, part, done, part.length - done, at + done);
      at += part.length;
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return { path, bytes, sha256: hash.digest('hex') };
}

/** Pages of a file that are in memory, and how many it has. */
export interface Residence {
  readonly resident: number;
  readonly pages: number;
}

/** How much of the file is in memory. By cachestat(2), or by mincore(2) before Linux 6.5. */
export function residence(path: string): Residence {
  using file = open(path);
  const pages = Math.ceil(fstat(file.fd).size / pageSize());
  try {
    return { resident: Math.min(pages, cachestat(file.fd).cached), pages };
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    return { resident: residentPages(file.fd), pages };
  }
}

/** Times a file is read before it is given up: some machines reclaim a few pages on the side at any moment (DAMON). */
const PASSES = 3;

/**
 * Reads the whole file so that every page is in memory, and verifies it.
 * @throws {Error} when some pages are not there afterwards: the file does not fit into memory
 */
export function warm(path: string): void {
  using file = open(path);
  using buffer = Mapping.anonymous(2 ** 20);
  const { size } = fstat(file.fd);
  for (let pass = 1; ; pass++) {
    for (let at = 0; at < size; ) {
      const got = pread(file.fd, buffer.address, buffer.length, at);
      if (got <= 0) break;
      at += got;
    }
    const { resident, pages } = residence(path);
    if (resident >= pages) return;
    if (pass < PASSES) continue;
    throw new Error(
      `Cannot warm '${path}': ${resident} of its ${pages} pages are in memory after reading it. Use a smaller --size`,
    );
  }
}

/**
 * Puts the file's pages out of memory (posix_fadvise(2), DONTNEED, which drops clean pages only) and verifies it.
 * @throws {CannotRunHere} where pages stay, as on tmpfs
 */
export function evict(path: string): void {
  using file = open(path);
  fadvise(file.fd, fileAdvice.dontNeed);
  const { resident, pages } = residence(path);
  if (resident > 0) throw new CannotRunHere('cannot-evict', { resident, pages });
}
