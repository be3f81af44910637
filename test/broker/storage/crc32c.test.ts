import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { crc32c } from '../../../src/broker/storage/crc32c.ts';
import { uniform } from '../../fixtures/random.ts';

/** Another implementation, kafkajs's, which real brokers accept the batches of. */
const kafkajs: (bytes: Buffer) => number = createRequire(import.meta.url)(
  'kafkajs/src/protocol/recordBatch/crc32C/index.js',
);

/** RFC 3720, appendix B.4, and the check value of the catalogue of CRC algorithms. */
const known: readonly (readonly [string, Buffer, number])[] = [
  ['nothing', Buffer.alloc(0), 0],
  ["'123456789'", Buffer.from('123456789'), 0xe3069283],
  ['32 bytes of zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 bytes of ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['32 bytes that count up', Buffer.from(Array.from({ length: 32 }, (_, n) => n)), 0x46dd794e],
  ['32 bytes that count down', Buffer.from(Array.from({ length: 32 }, (_, n) => 31 - n)), 0x113fdb5c],
];

describe('crc32c()', () => {
  test.each(known)('of %s is the known one', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  test('agrees with another implementation for every length and alignment', () => {
    const next = uniform(1);
    const bytes = Buffer.from(Array.from({ length: 200 }, () => next() * 256));
    for (let start = 0; start < 9; start++) {
      for (let end = start; end <= bytes.length; end++) {
        expect(crc32c(bytes, start, end)).toBe(kafkajs(bytes.subarray(start, end)) >>> 0);
      }
    }
  });

  test('goes on from what came before', () => {
    const bytes = Buffer.from('123456789');
    expect(crc32c(bytes, 4, 9, crc32c(bytes, 0, 4))).toBe(0xe3069283);
  });

  test('is another one when any single bit is', () => {
    const bytes = Buffer.alloc(20, 7);
    const right = crc32c(bytes);
    for (let bit = 0; bit < 160; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      expect(crc32c(bytes)).not.toBe(right);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
  });
});
