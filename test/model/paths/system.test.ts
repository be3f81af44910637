import { describe, expect, test } from 'vitest';
import { pathOf, paths, spotKey, systemCopies, systemHops } from '#model/paths/index.ts';

const each = paths.map((path) => [path.technique, path] as const);

describe('systemHops()', () => {
  test.each(each)('goes from place to place without a gap, %s', (_, path) => {
    const reached = new Set(['producer, user memory, in']);
    for (const { from, to } of systemHops(path)) {
      expect(reached).toContain(spotKey(from));
      reached.add(spotKey(to));
    }
    expect(reached).toContain("consumer, receiver's memory, out");
  });

  test.each(each)('passes the broker on the way out as the path model says, %s', (_, path) => {
    const out = systemHops(path).slice(7, -3);
    expect(out.map(({ from, to, by }) => [from.place, to.place, by])).toEqual(
      path.hops('card').map(({ from, to, by }) => [from, to, by]),
    );
    expect(new Set(out.flatMap(({ from, to }) => [from.machine, to.machine]))).toEqual(new Set(['broker']));
  });

  test('comes in the same way, whatever goes out how', () => {
    const [one, ...others] = paths.map((path) => systemHops(path).slice(0, 7));
    for (const other of others) expect(other).toEqual(one);
  });

  test.each(each)('crosses from machine to machine by their cards only, %s', (_, path) => {
    for (const { from, to, by } of systemHops(path)) {
      expect(from.machine !== to.machine).toBe(by === 'network');
      if (by === 'network') expect([from.place, to.place]).toEqual(['network card', 'network card']);
      else if ([from.place, to.place].some((place) => place === 'network card' || place === 'disk'))
        expect(by).toBe('dma');
    }
  });
});

test('systemCopies() counts where the copies are made: the way in is as dear with zero copy as without', () => {
  expect(systemCopies(pathOf('read-write'))).toEqual({ in: 2, out: 2, ends: 2 });
  expect(systemCopies(pathOf('mmap-write'))).toEqual({ in: 2, out: 1, ends: 2 });
  expect(systemCopies(pathOf('sendfile'))).toEqual({ in: 2, out: 0, ends: 2 });
});
