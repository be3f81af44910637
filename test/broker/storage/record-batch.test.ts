import { describe, expect, test } from 'vitest';
import { assign, checksum, readHeader } from '../../../src/broker/storage/record-batch.ts';
import { batch } from './batches.ts';

describe('readHeader()', () => {
  test('reads every field at its place', () => {
    const bytes = batch({ records: 5, attributes: 0b101011, baseTimestamp: 12n, maxTimestamp: 17n });
    expect(readHeader(Buffer.concat([Buffer.alloc(3), bytes]), 3)).toEqual({
      baseOffset: 0n,
      lastOffset: 4n,
      bytes: bytes.length,
      leaderEpoch: -1,
      magic: 2,
      crc: bytes.readUInt32BE(17),
      compression: 3,
      logAppendTime: true,
      control: true,
      lastOffsetDelta: 4,
      baseTimestamp: 12n,
      maxTimestamp: 17n,
      producerId: -1n,
      producerEpoch: -1,
      baseSequence: -1,
      recordCount: 5,
    });
  });
});

describe('assign()', () => {
  test('writes offset and epoch, and leaves the checksum right', () => {
    const bytes = batch({ records: 3 });
    const before = Buffer.from(bytes);
    assign(bytes, 0, 2n ** 40n, 7);
    expect(readHeader(bytes, 0)).toMatchObject({ baseOffset: 2n ** 40n, lastOffset: 2n ** 40n + 2n, leaderEpoch: 7 });
    expect(checksum(bytes, 0, bytes.length)).toBe(readHeader(bytes, 0).crc);
    // The length lies between the two that are assigned, and nothing behind them changes.
    expect(bytes.subarray(8, 12)).toEqual(before.subarray(8, 12));
    expect(bytes.subarray(16)).toEqual(before.subarray(16));
  });
});
