import { closeSync, openSync, readSync } from 'node:fs';
import type { FileLook } from './mapped-files.ts';

/** What is searched in one trace, at most: afterwards a write from a mapping is known only where it is expected. Bytes. */
const MOST_SEARCHED = 512 * 2 ** 20;
const BLOCK = 2 ** 20;

/** Looks into files of this machine. Nothing is written, and a file that cannot be read is no file of a flow. */
export function lookIntoFiles(): FileLook {
  let searched = 0;
  return {
    read: (path, offset, bytes) => readAt(path, offset, bytes),
    search(path, head, from, to) {
      for (let at = from; at < to; at += BLOCK) {
        if (searched > MOST_SEARCHED) return null;
        // Blocks overlap, so that nothing is missed between them.
        const block = readAt(path, at, Math.min(BLOCK + head.length - 1, to - at));
        if (block === null || block === '') return null;
        searched += block.length;
        const found = block.indexOf(head);
        if (found >= 0) return at + found;
      }
      return -1;
    },
  };
}

function readAt(path: string, offset: number, bytes: number): string | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    const buffer = Buffer.alloc(bytes);
    return buffer.toString('latin1', 0, readSync(file, buffer, 0, bytes, offset));
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}
