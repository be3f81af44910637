import { expect, test } from 'vitest';
import { RecordCount } from '../../../../labs/kafka/client/encrypted.ts';

const record = (bytes: number) => {
  const all = Buffer.alloc(5 + bytes, 0x17);
  all.writeUInt16BE(bytes, 3);
  return all;
};

test.each([1, 3, 5, 7, 1000, 100_000])('RecordCount counts records that come in pieces of %i bytes', (piece) => {
  const stream = Buffer.concat([record(70), record(16_401), record(17), record(300)]);
  const records = new RecordCount();
  for (let at = 0; at < stream.length; at += piece) records.take(stream.subarray(at, at + piece));
  expect([records.count, records.bytes]).toEqual([4, 70 + 16_401 + 17 + 300]);
  records.reset();
  records.take(record(20));
  expect([records.count, records.bytes]).toEqual([1, 20]);
});
