/** What Node compiled in earlier guests: an archive for the next one. Losing it costs time and nothing else. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Larger is not ours: all of the project compiles to 2 MiB. */
const LARGEST_BYTES = 64 * 2 ** 20;

/** The archive in the cache; empty when there is none that is whole. */
export function compiledArchive(cache: string): Buffer {
  const path = pathIn(cache);
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  return isWhole(bytes) ? aligned(bytes) : Buffer.alloc(0);
}

/** Keeps what a guest handed out, if it is whole. @param folder of the run, on the file system of the cache */
export function keepCompiled(bytes: Buffer, cache: string, folder: string): void {
  if (!isWhole(bytes)) return;
  const half = join(folder, 'compiled.new');
  writeFileSync(half, bytes);
  renameSync(half, pathIn(cache));
}

const pathIn = (cache: string): string => join(cache, 'compiled.cpio');

/** A cpio archive begins with its magic and ends with an entry of a known name, cpio(5). */
export function isWhole(bytes: Buffer): boolean {
  const begins = bytes.toString('latin1', 0, 6) === '070701';
  return begins && bytes.length <= LARGEST_BYTES && bytes.subarray(-1024).includes('TRAILER!!!\0');
}

/** The next archive must begin at a multiple of four bytes. */
function aligned(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}
