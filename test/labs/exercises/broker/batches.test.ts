import { expect, test } from 'vitest';
import { readIncoming } from '#broker/storage/incoming.ts';
import { firstNotOlder } from '#broker/storage/record-times.ts';
import { produceBatches } from '../../../../labs/exercises/broker/batches.ts';

test('produceBatches() makes batches that the broker takes, and whose records it can read', () => {
  const { bytes, values } = produceBatches([
    { records: 3, valueBytes: 200 },
    { records: 1, valueBytes: 0 },
    { records: 70, valueBytes: 9000 },
  ]);
  const incoming = readIncoming(bytes, bytes.length);
  expect(incoming.map(({ header }) => header.recordCount)).toEqual([3, 1, 70]);
  expect(values.map(({ length }) => length)).toEqual([...Array(3).fill(200), 0, ...Array(70).fill(9000)]);
  for (const { at, header } of incoming) {
    const batch = bytes.subarray(at, at + header.bytes);
    expect(firstNotOlder(batch, header, header.maxTimestamp)).toEqual({ timestamp: header.maxTimestamp, offset: 0n });
  }
  expect(bytes.includes(values[50] as Buffer)).toBe(true);
});
