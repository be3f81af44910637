import { describe, expect, test } from 'vitest';
import { RecordCounter } from '#proof/copies/programs/record-counter.ts';

/** A record: type, TLS 1.2 as every version says, length, content. */
function record(type: number, length: number): Buffer {
  const header = Buffer.from([type, 3, 3, length >> 8, length & 0xff]);
  return Buffer.concat([header, Buffer.alloc(length, type)]);
}

const [handshake, alert, data] = [22, 21, 23];

describe('RecordCounter', () => {
  const stream = Buffer.concat([
    record(handshake, 90),
    record(data, 16_401),
    record(data, 1),
    record(alert, 2),
    record(data, 0),
  ]);

  test.each([1, 3, 5, 4096, 100_000])('counts records with data in pieces of %i bytes', (size) => {
    const counter = new RecordCounter();
    for (let at = 0; at < stream.length; at += size) counter.take(stream.subarray(at, at + size));
    expect(counter.records).toBe(3);
  });

  test('does not take data that look like a header for a record', () => {
    const counter = new RecordCounter();
    counter.take(
      Buffer.concat([record(handshake, 10), Buffer.from([alert, 3, 3, 0, 5]), Buffer.from([data, 3, 3, 0, 1])]),
    );
    expect(counter.records).toBe(0);
  });

  test('counts from the reset on, also in the middle of a record', () => {
    const counter = new RecordCounter();
    counter.take(record(data, 100).subarray(0, 50));
    counter.records = 0;
    counter.take(Buffer.concat([record(data, 100).subarray(50), record(data, 7)]));
    expect(counter.records).toBe(1);
  });
});
