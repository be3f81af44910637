import { describe, expect, it } from 'vitest';
import { batchOf, batchOfBytes } from '#broker/client/make-batches.ts';
import { readIncoming } from '#broker/storage/incoming.ts';

const MOST = 2 ** 20;

describe('batchOfBytes()', () => {
  it('makes batches of just that size, which a broker takes', () => {
    const sizes = [
      221,
      222,
      300,
      1000,
      4096,
      16_200,
      16_384,
      100_003,
      ...Array.from({ length: 300 }, (_, at) => 500 + at),
    ];
    for (const bytes of sizes) {
      const batch = batchOfBytes(bytes);
      expect(batch.length).toBe(bytes);
      const [{ header }] = readIncoming(batch, MOST) as [ReturnType<typeof readIncoming>[number]];
      expect(header.bytes).toBe(bytes);
      expect(header.recordCount).toBe(header.lastOffsetDelta + 1);
    }
  });

  it('puts as many records into batches of one size', () => {
    const counts = [1, 2, 3].map(() => batchOfBytes(16_200).readInt32BE(57));
    expect(new Set(counts).size).toBe(1);
  });

  it('refuses less than a batch', () => {
    expect(() => batchOfBytes(100)).toThrow('Cannot make a batch of 100 bytes: expected 221 at least');
  });
});

it('batchOf() makes a record of each value', () => {
  const batch = batchOf([Buffer.from('a'), Buffer.from('bc')], 1000n);
  expect(batch.subarray(61).toString('latin1')).toBe('\x0e\0\0\0\x01\x02a\0\x10\0\0\x02\x01\x04bc\0');
});
