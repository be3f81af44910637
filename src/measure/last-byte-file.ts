/** A large file to look at: who finds the only zero byte in it, which is its last one, has looked at all of them. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { findByte } from '#libc';
import { randomFrom } from './random.ts';
import { END_BYTE } from './small-files.ts';

/** Bytes of the pattern that fills it. */
const PATTERN_BYTES = 2 ** 20;

/** Writes it to disk, so that its pages are clean and can be evicted. `bytes` is a multiple of 4096. */
export function makeLastByteFile(path: string, bytes: number, seed: number): void {
  const random = randomFrom(seed);
  const pattern = Buffer.from(Uint8Array.from({ length: Math.min(bytes, PATTERN_BYTES) }, () => 1 + random() * 255));
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes; at += PATTERN_BYTES) {
      const part = Buffer.from(pattern.subarray(0, Math.min(PATTERN_BYTES, bytes - at)));
      if (at + part.length === bytes) part[part.length - 1] = END_BYTE;
      for (let done = 0; done < part.length; ) done += writeSync(file, part, done, part.length - done, at + done);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Where the last byte of the file lies among `bytes` from `address`; -1 when it is not there. */
export function findLastByte(address: number, bytes: number): number {
  return findByte(address, bytes, END_BYTE);
}
