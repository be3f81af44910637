import { closeSync, openSync, writeSync } from 'node:fs';
import { pageSize } from '#libc';

/**
 * Writes a file page by page: what is written at once may lie in the page cache in one piece of up to 2 MiB (large folios,
 * Linux 5.18 and later), which one fault maps whole, and then nobody could count which pages a program touches.
 */
export function writeByPages(path: string, bytes: Buffer): void {
  const file = openSync(path, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.length; at += pageSize())
      writeSync(file, bytes, at, Math.min(pageSize(), bytes.length - at), at);
  } finally {
    closeSync(file);
  }
}
