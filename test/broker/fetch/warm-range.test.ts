import { describe, expect, test } from 'vitest';
import { WarmRange } from '#broker/fetch/warm-range.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const FILE_BYTES = 64 * MiB;

/** A file of 64 MiB of which `coldFrom` on is on the disk only, and every look at it. */
function fileOf(coldFrom = Number.POSITIVE_INFINITY) {
  const looks: [from: number, bytes: number][] = [];
  let now = 0;
  const isWarm = (_fd: number, from: number, bytes: number) => {
    looks.push([from, bytes]);
    return from + bytes <= coldFrom;
  };
  const range = new WarmRange({ isWarm }, () => now);
  return {
    looks,
    wait: (ms: number) => {
      now += ms;
    },
    bytes: (position: number, bytes: number, done = 0, path = '/log') =>
      range.bytes({ fd: 5, path, position, bytes, behind: FILE_BYTES - position - bytes, release() {} }, done),
  };
}

describe('WarmRange', () => {
  test('looks at what is asked for, and twice as far each time that a consumer reads on', () => {
    const { looks, bytes } = fileOf();
    for (let at = 0; at < 16 * MiB; at += 64 * KiB) expect(bytes(at, 64 * KiB)).toBe(64 * KiB);
    expect(looks.slice(0, 8).map(([, count]) => count / KiB)).toEqual([64, 128, 256, 512, 1024, 2048, 4096, 4096]);
    expect(looks).toHaveLength(10);
  });

  test('looks anew where a consumer jumps, and after ten milliseconds, and for each file', () => {
    const { looks, bytes, wait } = fileOf();
    bytes(0, 64 * KiB);
    bytes(MiB, 64 * KiB);
    bytes(MiB, 64 * KiB);
    bytes(MiB, 64 * KiB, 0, '/other');
    wait(9);
    bytes(MiB, 64 * KiB);
    wait(1);
    bytes(MiB, 64 * KiB);
    expect(looks).toEqual([0, MiB, MiB, MiB].map((from) => [from, 64 * KiB]));
  });

  test('never looks beyond the end of the file, nor at more than 4 MiB', () => {
    const { looks, bytes } = fileOf();
    expect(bytes(FILE_BYTES - 100 * KiB, 64 * KiB)).toBe(64 * KiB);
    expect(bytes(FILE_BYTES - 36 * KiB, 36 * KiB)).toBe(36 * KiB);
    expect(bytes(0, 32 * MiB, 0, '/other')).toBe(4 * MiB);
    expect(looks).toEqual([
      [FILE_BYTES - 100 * KiB, 64 * KiB],
      [FILE_BYTES - 36 * KiB, 36 * KiB],
      [0, 4 * MiB],
    ]);
  });

  test('gives a whole part of a slice, not what was left of the look before', () => {
    const { looks, bytes } = fileOf();
    bytes(0, MiB);
    // Batches end before the slice does: the next fetch begins within what was seen, and ends behind it.
    expect(bytes(MiB - 16 * KiB, MiB)).toBe(MiB);
    expect(looks).toEqual([
      [0, MiB],
      [MiB - 16 * KiB, 2 * MiB],
    ]);
  });

  test('where what lies ahead is cold, gives what is warm of the slice, a mebibyte at most, and 0 at the cold', () => {
    const { looks, bytes } = fileOf(3 * MiB);
    expect(bytes(0, 8 * MiB)).toBe(MiB);
    expect(bytes(0, 8 * MiB, MiB)).toBe(MiB);
    expect(bytes(0, 8 * MiB, 2 * MiB)).toBe(MiB);
    expect(bytes(0, 8 * MiB, 3 * MiB)).toBe(0);
    expect(bytes(0, 8 * MiB, 3 * MiB)).toBe(0);
    expect(looks.at(-1)).toEqual([3 * MiB, MiB]);
  });

  test('remembers no more than 256 files', () => {
    const { looks, bytes } = fileOf();
    for (let file = 0; file < 257; file++) bytes(0, KiB, 0, `/${file}`);
    bytes(0, KiB, 0, '/0');
    bytes(0, KiB, 0, '/256');
    expect(looks).toHaveLength(258);
  });
});
