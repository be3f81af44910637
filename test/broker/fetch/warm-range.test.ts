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
  const slice = (position: number, bytes: number, path: string) => {
    return { fd: 5, path, position, bytes, behind: FILE_BYTES - position - bytes, release() {} };
  };
  return {
    looks,
    wait: (ms: number) => {
      now += ms;
    },
    bytes: (position: number, bytes: number, done = 0, path = '/log') =>
      range.bytes(slice(position, bytes, path), done),
    ahead: (position: number, bytes: number, done = bytes, path = '/log') =>
      range.ahead(slice(position, bytes, path), done),
  };
}

describe('WarmRange', () => {
  test('looks at what is asked for, and no further', () => {
    const { looks, bytes } = fileOf();
    expect(bytes(0, 64 * KiB)).toBe(64 * KiB);
    expect(bytes(64 * KiB, 64 * KiB)).toBe(64 * KiB);
    expect(bytes(MiB, 32 * MiB)).toBe(4 * MiB);
    expect(looks).toEqual([
      [0, 64 * KiB],
      [64 * KiB, 64 * KiB],
      [MiB, 4 * MiB],
    ]);
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

  test('looks only at what it does not know yet, and gives a whole part of a slice', () => {
    const { looks, bytes } = fileOf();
    bytes(0, MiB);
    // Batches end before the slice does: the next fetch begins within what was seen, and ends behind it.
    expect(bytes(MiB - 16 * KiB, MiB)).toBe(MiB);
    expect(looks).toEqual([
      [0, MiB],
      [MiB, MiB - 16 * KiB],
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

describe('WarmRange.ahead()', () => {
  test('looks a mebibyte on where a consumer reads on, then twice as far each time, until it knows a mebibyte', () => {
    const { looks, bytes, ahead } = fileOf();
    const fetch = (at: number) => {
      expect(bytes(at, 64 * KiB)).toBe(64 * KiB);
      ahead(at, 64 * KiB);
    };
    for (let at = 0; at < 16 * MiB; at += 64 * KiB) fetch(at);
    const counts = looks.map(([, count]) => count / KiB);
    // The first two are those that wait for a look; each look begins where the one before ended.
    expect(counts.slice(0, 5)).toEqual([64, 64, 1024, 2304, 4096]);
    expect(counts.slice(5)).toEqual([4096, 4096, 4096]);
    expect(looks.map(([from]) => from)).toEqual(
      looks.map((_, at) => looks.slice(0, at).reduce((sum, [, count]) => sum + count, 0)),
    );
  });

  test('does not look beyond a first answer, but looks on within it while the socket is full', () => {
    const { looks, bytes, ahead } = fileOf();
    bytes(0, 8 * MiB);
    ahead(0, 8 * MiB, 2 * MiB);
    ahead(0, 8 * MiB, 3.5 * MiB);
    ahead(0, 8 * MiB, 8 * MiB);
    expect(looks).toEqual([
      [0, 4 * MiB],
      [4 * MiB, 4 * MiB],
    ]);
  });

  test('knows nothing of what is cold, old or behind the end of the file', () => {
    const { looks, bytes, ahead, wait } = fileOf(3 * MiB);
    bytes(0, 64 * KiB);
    bytes(64 * KiB, 64 * KiB);
    ahead(64 * KiB, 64 * KiB);
    ahead(MiB, 64 * KiB);
    expect(looks.slice(2)).toEqual([
      [128 * KiB, MiB],
      [1152 * KiB, 2304 * KiB],
    ]);
    expect(bytes(1152 * KiB, 64 * KiB)).toBe(64 * KiB);
    expect(looks.at(-1)).toEqual([1152 * KiB, 64 * KiB]);
    wait(10);
    ahead(1152 * KiB, 64 * KiB);
    bytes(FILE_BYTES - 64 * KiB, 64 * KiB, 0, '/other');
    ahead(FILE_BYTES - 64 * KiB, 64 * KiB, 64 * KiB, '/other');
    expect(looks).toHaveLength(6);
  });
});
