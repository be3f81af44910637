import { describe, expect, it } from 'vitest';
import { expectedCopies, pathOf, type Route, routeOfLink } from '#model/paths/index.ts';

describe('expectedCopies()', () => {
  it.each<[string, Route, number[]]>([
    ['read-write', 'loopback', [1, 1, 0, 1, 0]],
    ['mmap-write', 'loopback', [0, 1, 0, 1, 0]],
    ['sendfile', 'loopback', [0, 0, 0, 1, 1]],
    ['splice', 'loopback', [0, 0, 0, 1, 1]],
    ['read-write', 'no-gather', [1, 1, 1, 1, 0]],
    ['sendfile', 'no-gather', [0, 0, 1, 1, 1]],
    ['read-write', 'card', [1, 1, 0, 0, 0]],
    ['sendfile', 'card', [0, 0, 0, 0, 1]],
  ])('%s over %s', (technique, route, numbers) => {
    const { fileToUser, userToKernel, inKernel, kernelToReceiver, other, referenced } = expectedCopies(
      pathOf(technique),
      route,
    );
    expect([fileToUser, userToKernel, inKernel, kernelToReceiver, referenced]).toEqual(numbers);
    expect(other).toBe(0);
  });

  it('knows the route of every link whose model is held against a count', () => {
    expect(Object.keys(routeOfLink)).toEqual(['tcp', 'unix', 'veth', 'veth-no-gather']);
  });
});
