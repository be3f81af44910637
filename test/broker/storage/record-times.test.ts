import { describe, expect, test } from 'vitest';
import { readHeader } from '../../../src/broker/storage/record-batch.ts';
import { firstNotOlder } from '../../../src/broker/storage/record-times.ts';
import { batch } from './batches.ts';
import { batchOf, type Compression, type TestRecord } from './records.ts';

const base = 1_700_000_000_000n;
/** Times of a batch, some of them older than the one before. */
const times = [0n, 100n, 50n, 5_000_000_000n, 70n, -300n].map((delta) => base + delta);
const records = times.map((timestamp, n) => ({ timestamp, key: `k${n}`, value: Buffer.alloc(100 * n) }));

const find = (bytes: Buffer, timestamp: bigint) => firstNotOlder(bytes, readHeader(bytes, 0), timestamp);

describe('firstNotOlder()', () => {
  test.each<Compression>(['none', 'gzip', 'zstd'])('finds each time in a batch compressed with %s', (compression) => {
    const bytes = batchOf(records as [TestRecord, ...TestRecord[]], compression);
    bytes.writeBigInt64BE(1000n, 0);
    for (const asked of [0n, base, base + 1n, base + 51n, base + 100n, base + 101n, base + 5_000_000_000n]) {
      const first = times.findIndex((time) => time >= asked);
      expect(find(bytes, asked)).toEqual({ timestamp: times[first], offset: 1000n + BigInt(first) });
    }
    expect(find(bytes, base + 5_000_000_001n)).toBeNull();
  });

  test.each([
    ['compressed with snappy, which Node does not have', batch({ records: 3, attributes: 2, maxTimestamp: 9n })],
    ['compressed with lz4, which Node does not have', batch({ records: 3, attributes: 3, maxTimestamp: 9n })],
    ['of an unknown compression', batch({ records: 3, attributes: 7, maxTimestamp: 9n })],
    ['that say gzip and are not', batch({ records: 3, attributes: 1, maxTimestamp: 9n })],
    ['that carry the time of the append', batch({ records: 3, attributes: 1 << 3, maxTimestamp: 9n })],
    ['that are none', batch({ records: 3, body: Buffer.alloc(50, 0xff), maxTimestamp: 9n })],
    ['of no length', batch({ records: 3, body: Buffer.alloc(50), maxTimestamp: 9n })],
    ['that are cut short', batch({ records: 3, body: Buffer.from([200, 1, 0, 0, 0]), maxTimestamp: 9n })],
  ])('gives the first of records %s', (_, bytes) => {
    expect(find(bytes, 5n)).toEqual({ timestamp: 9n, offset: 0n });
    expect(find(bytes, 10n)).toBeNull();
  });
});
