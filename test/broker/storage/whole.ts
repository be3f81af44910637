/** What a log must hold that appender.ts wrote. */
import { readSync } from 'node:fs';
import { expect } from 'vitest';
import type { Log } from '../../../src/broker/storage/log.ts';
import { randomBatches } from './batches.ts';

export const appenderBatches = (seed: number): Generator<Buffer> => randomBatches(seed, 1500);

/** The last offset that was acknowledged in what the appender said; −1: none. */
export function acknowledged(said: string): bigint {
  const lines = said.slice(0, Math.max(0, said.lastIndexOf('\n'))).split('\n');
  return BigInt(lines.findLast((line) => /^\d+$/.test(line)) ?? -1);
}

/** Expects that the log holds the batches of a seed from the first on, byte for byte, as many as it has. */
export function expectWhole(log: Log, seed: number): void {
  let offset = 0n;
  for (const bytes of appenderBatches(seed)) {
    if (offset >= log.endOffset) break;
    bytes.writeBigInt64BE(offset, 0);
    bytes.writeInt32BE(0, 12);
    expectBytes(log, offset, bytes);
    offset += BigInt(bytes.readInt32BE(57));
  }
  expect(offset).toBe(log.endOffset);
}

/** Expects that exactly one batch is given at `offset`. */
export function expectBytes(log: Log, offset: bigint, bytes: Buffer): void {
  const slices = log.read(offset, 1, { atLeastOne: true });
  const found = slices.map((slice) => {
    const into = Buffer.alloc(slice.bytes);
    readSync(slice.fd, into, 0, slice.bytes, slice.position);
    slice.release();
    return into;
  });
  expect(Buffer.concat(found).equals(bytes)).toBe(true);
}
