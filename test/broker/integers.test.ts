import { expect, test } from 'vitest';
import { int16At, int32At, int64At, putInt16, putInt32, putInt64, widened } from '#broker/integers.ts';

const bytes = Buffer.alloc(12);

test.each([0, 1, -1, 0x7fff, -0x8000, 0x80, -0x81])('an INT16, %d, is as Buffer has it', (value) => {
  bytes.fill(0).writeInt16BE(value, 3);
  expect(int16At(bytes, 3)).toBe(value);
  const own = Buffer.alloc(12);
  putInt16(own, 3, value);
  expect(own).toEqual(bytes);
});

test.each([0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 0x80, 0x8000, -0x800001])(
  'an INT32, %d, is as Buffer has it',
  (value) => {
    bytes.fill(0).writeInt32BE(value, 3);
    expect(int32At(bytes, 3)).toBe(value);
    const own = Buffer.alloc(12);
    putInt32(own, 3, value);
    expect(own).toEqual(bytes);
  },
);

const edges = [0n, 2n ** 31n, 2n ** 32n, 2n ** 52n, 2n ** 53n, 2n ** 62n].flatMap((edge) =>
  [-1n, 0n, 1n].flatMap((more) => [edge + more, -edge - more]),
);

test.each([...edges, 2n ** 63n - 1n, -(2n ** 63n)])('an INT64, %d, is as Buffer has it', (value) => {
  bytes.fill(0).writeBigInt64BE(value, 3);
  expect(int64At(bytes, 3)).toBe(value);
  const own = Buffer.alloc(12);
  putInt64(own, 3, value);
  expect(own).toEqual(bytes);
});

test('widened() keeps the number and its sign', () => {
  expect([0, 1, -1, 2 ** 31 - 1, -(2 ** 31)].map(widened)).toEqual([0n, 1n, -1n, 2n ** 31n - 1n, -(2n ** 31n)]);
});
