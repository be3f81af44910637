/** Touching memory that may not be there, in a process of its own: it is asked how it ended. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A file that is cut under its reader, or an address of the kernel's; by a call, or through memory. */
export type Touch = 'read-cut' | 'map-cut' | 'read-kernel' | 'map-kernel';

/**
 * An address in the kernel's half, on x86-64 and arm64 alike; a double holds it exactly. Nothing is there or it is
 * memory: the program may not know.
 */
export const KERNEL_ADDRESS = 0xffff_8880_0000_0000;

export interface Seen {
  /** Bytes in the rest of the last page that read as zero, where the file had others before it was cut. */
  readonly zeroBytes: number;
  /** Bytes that were given where none should be. */
  readonly readBytes: number;
}

export interface Touched extends Seen {
  /** The signal that ended it; null when it ended by itself. */
  readonly signal: NodeJS.Signals | null;
}

const program = fileURLToPath(new URL('./touch-process.ts', import.meta.url));
const PATIENCE_MS = 20_000;

/** @param path a file of two pages at least that may be cut @throws {Error} when it ended in another way than asked */
export function touch(what: Touch, path: string): Touched {
  const { stdout, stderr, signal, status } = spawnSync(process.execPath, [program, what, path], {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const said = stdout.trim().split('\n').at(-1);
  if (!said || signal === 'SIGKILL' || (signal === null && status !== 0)) {
    throw new Error(`Cannot touch by '${what}': it ended with ${signal ?? status}: ${stderr.trim()}`);
  }
  return { ...(JSON.parse(said) as Seen), signal };
}
