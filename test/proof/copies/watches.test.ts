import { describe, expect, it } from 'vitest';
import { architectures } from '#proof/copies/watches.ts';

describe.each(Object.entries(architectures))('what is watched on %s', (_, { copies, primitives }) => {
  it('takes no more breakpoints than a CPU has', () => {
    for (const list of primitives) expect(copies.length + list.length).toBeLessThanOrEqual(4);
  });

  it('is both directions, each with the register of its size', () => {
    expect(copies.map((watch) => watch.function)).toEqual(['_copy_to_iter', '_copy_from_iter']);
    expect(new Set(copies.map(({ register }) => register)).size).toBe(1);
  });
});
