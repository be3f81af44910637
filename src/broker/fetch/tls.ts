import { preadBytes } from '#libc';
import { type Step, stepOf } from '#transfer/mover.ts';
import type { SliceSender } from './path.ts';

/** Bytes that are read at once: four records of TLS. */
const CHUNK_BYTES = 65_536;

/**
 * pread(2) into memory of this process, where Node encrypts it: no technique that leaves the bytes in the kernel can. So
 * it is not a path of sockets but of the listener that has a certificate.
 */
export function throughTls(write: (bytes: Buffer) => Step): SliceSender {
  /** Bytes that were read and did not go; the first comes from `next` of the file. */
  let held: Buffer | null = null;
  let next = -1;
  return {
    step({ fd, position }, done, count) {
      const offset = position + done;
      if (!held || next !== offset) {
        held = Buffer.allocUnsafe(Math.min(count, CHUNK_BYTES));
        const got = preadBytes(fd, held, offset);
        if (got <= 0) return got === 0 ? 'ended' : stepOf('pread', got);
        held = held.subarray(0, got);
        next = offset;
      }
      const step = write(held);
      if (typeof step === 'number') held = null;
      return step;
    },
    [Symbol.dispose]() {},
  };
}
