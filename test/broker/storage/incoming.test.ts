import { describe, expect, test } from 'vitest';
import { StorageError } from '../../../src/broker/storage/errors.ts';
import { readIncoming } from '../../../src/broker/storage/incoming.ts';
import { batch, sealed } from './batches.ts';

const MOST = 1000;

/** A right batch after a change, with a checksum that fits the change. */
function changed(change: (bytes: Buffer) => void, options = {}): Buffer {
  const bytes = batch(options);
  change(bytes);
  return sealed(bytes);
}

describe('readIncoming()', () => {
  test('takes batches that lie back to back', () => {
    const [one, two] = [batch({ records: 3 }), batch({ body: Buffer.alloc(7) })];
    const found = readIncoming(Buffer.concat([one, two]), MOST);
    expect(found.map(({ at, header }) => [at, header.bytes, header.recordCount])).toEqual([
      [0, one.length, 3],
      [one.length, two.length, 1],
    ]);
  });

  const wrong: readonly (readonly [string, Buffer, string, string])[] = [
    ['no bytes', Buffer.alloc(0), 'CORRUPT_MESSAGE 2', 'found no bytes'],
    ['half a header', batch().subarray(0, 40), 'CORRUPT_MESSAGE 2', 'at byte 0: expected 61 bytes or more, found 40'],
    ['a few bytes', batch().subarray(0, 5), 'CORRUPT_MESSAGE 2', 'expected 61 bytes or more, found 5'],
    ['a batch cut short', batch().subarray(0, -1), 'CORRUPT_MESSAGE 2', 'says that it has 81 bytes, and 80 are there'],
    [
      'a length of less than a header',
      changed((bytes) => bytes.writeInt32BE(48, 8)),
      'CORRUPT_MESSAGE 2',
      'says that it has 60 bytes',
    ],
    [
      'a negative length',
      changed((bytes) => bytes.writeInt32BE(-100, 8)),
      'CORRUPT_MESSAGE 2',
      'says that it has -88 bytes',
    ],
    [
      'a second batch cut short',
      Buffer.concat([batch(), batch().subarray(0, 70)]),
      'CORRUPT_MESSAGE 2',
      'at byte 81: it says that it has 81 bytes, and 70 are there',
    ],
    ['zeros', Buffer.alloc(100), 'UNSUPPORTED_FOR_MESSAGE_FORMAT 43', 'format 0: expected 2'],
    ['an old format', batch({ magic: 1 }), 'UNSUPPORTED_FOR_MESSAGE_FORMAT 43', 'format 1: expected 2'],
    ['an unknown format', batch({ magic: 3 }), 'CORRUPT_MESSAGE 2', 'expected format 2, found 3'],
    [
      'a batch too large',
      batch({ body: Buffer.alloc(940) }),
      'MESSAGE_TOO_LARGE 10',
      '1001 bytes: max.message.bytes is 1000',
    ],
    ['no record', changed((bytes) => bytes.writeInt32BE(0, 57)), 'INVALID_RECORD 87', 'counts 0 records'],
    [
      'fewer records than offsets',
      changed((bytes) => bytes.writeInt32BE(9, 23)),
      'INVALID_RECORD 87',
      'counts 1 records, and its last offset delta is 9',
    ],
    ['a control batch', batch({ attributes: 1 << 5 }), 'INVALID_RECORD 87', 'may not write a control batch'],
  ];
  test.each(wrong)('refuses %s', (_, bytes, kafka, sentence) => {
    const error = caught(() => readIncoming(bytes, MOST));
    expect(`${error.kafkaName} ${error.code}`).toBe(kafka);
    expect(error.message).toContain(sentence);
  });

  test('refuses a batch in which any bit that the checksum covers is another one', () => {
    const bytes = batch();
    for (let bit = 17 * 8; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      expect(caught(() => readIncoming(bytes, MOST)).message).toMatch(/its CRC-32C is 0x[0-9a-f]{8}, and it says 0x/);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(readIncoming(bytes, MOST)).toHaveLength(1);
  });
});

function caught(work: () => unknown): StorageError {
  try {
    work();
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
