import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { assign, checksum, HEADER_BYTES, readHeader } from '#broker/storage/record-batch.ts';
import { batchesOf, compressed, Finding, recordsHash } from '../../../../labs/kafka/client/data.ts';

const BYTES = 100_000;

/** The batches as a broker has stored them: with offsets. */
function stored(batches: readonly Buffer[]): Buffer {
  let offset = 0n;
  return Buffer.concat(
    batches.map((batch) => {
      const copy = Buffer.from(batch);
      assign(copy, 0, offset, 3);
      offset += BigInt(readHeader(copy, 0).recordCount);
      return copy;
    }),
  );
}

describe('batchesOf()', () => {
  test('makes batches with a right CRC that do not begin on page boundaries, the same ones for the same seed', () => {
    const batches = [...batchesOf(BYTES, 7)];
    for (const batch of batches) expect(checksum(batch, 0, batch.length)).toBe(readHeader(batch, 0).crc);
    expect(batches.every(({ length }) => length % 4096 !== 0)).toBe(true);
    expect(batches.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThanOrEqual(BYTES);
    const records = (all: Iterable<Buffer>) => Buffer.concat([...all].map((batch) => batch.subarray(HEADER_BYTES)));
    expect(records(batchesOf(BYTES, 7)).equals(records(batches))).toBe(true);
    expect(records(batchesOf(BYTES, 8)).equals(records(batches))).toBe(false);
  });

  test('makes batches of a single record when they are to be small', () => {
    const [batch] = batchesOf(1000, 7, true) as unknown as Iterable<Buffer>;
    expect(readHeader(batch as Buffer, 0)).toMatchObject({ recordCount: 1, lastOffsetDelta: 0 });
    expect(batch?.length).toBeLessThan(200);
  });
});

describe('Finding', () => {
  const batches = [...batchesOf(BYTES, 7)];
  const log = stored(batches);

  test('comes to the same hash however responses are cut, and whether batches are compressed or not', () => {
    const finding = new Finding();
    for (let at = 0; at < log.length; ) {
      const before = finding.nextOffset;
      finding.take(log.subarray(at, at + 40_000));
      const whole = Number(finding.nextOffset - before) / 16;
      at += whole * (batches[0] as Buffer).length;
    }
    expect(finding.nextOffset).toBe(BigInt(16 * batches.length));
    expect(finding.digest()).toBe(recordsHash(BYTES, 7));

    const packed = new Finding();
    packed.take(stored(batches.map(compressed)));
    expect(packed.batches).toEqual({ all: batches.length, compressed: batches.length });
    expect(packed.digest()).toBe(recordsHash(BYTES, 7));
  });

  test('finds nothing in a batch that is cut', () => {
    const finding = new Finding();
    finding.take(log.subarray(0, 10_000));
    expect(finding.nextOffset).toBe(0n);
    expect(finding.digest()).toBe(createHash('sha256').digest('hex'));
  });

  test('refuses a batch that was changed, and one that is not the next', () => {
    const changed = Buffer.from(log);
    changed[HEADER_BYTES + 100] = (changed[HEADER_BYTES + 100] as number) ^ 1;
    expect(() => new Finding().take(changed)).toThrow('Found a wrong CRC in the batch at 0');
    const second = log.subarray((batches[0] as Buffer).length);
    expect(() => new Finding().take(second)).toThrow('Expected offset 0, found a batch at 16');
  });
});
