import { describe, expect, it } from 'vitest';
import { cpuFlags } from '#machine/facts.ts';
import { type Architecture, architectures, usablePrimitives } from '#proof/copies/watches.ts';

describe.each(Object.entries(architectures))('what is watched on %s', (_, { copies, primitives }) => {
  it('takes no more breakpoints than a CPU has', () => {
    for (const list of primitives) expect(copies.length + list.length).toBeLessThanOrEqual(4);
  });

  it('is both directions, each with the register of its size', () => {
    expect(copies.map((watch) => watch.function)).toEqual(['_copy_to_iter', '_copy_from_iter']);
    expect(new Set(copies.map(({ register }) => register)).size).toBe(1);
  });
});

describe('usablePrimitives()', () => {
  const x64 = architectures.x64 as Architecture;
  const plain = cpuFlags('processor\t: 0\nflags\t\t: fpu erms sse2\n');
  const short = cpuFlags('processor\t: 0\nflags\t\t: fpu erms fsrm\n');
  const names = (has: string, flags: ReadonlySet<string>) =>
    usablePrimitives(x64, (name) => name === has, flags).map((watch) => watch.function);

  it('takes the one that the kernel has', () => {
    expect(names('rep_movs_alternative', plain)).toEqual(['rep_movs_alternative']);
    expect(names('copy_user_enhanced_fast_string', plain)).toEqual(['copy_user_enhanced_fast_string']);
    expect(names('another', plain)).toEqual([]);
  });

  it('takes none that a CPU with FSRM does without; older kernels call theirs on any CPU', () => {
    expect(names('rep_movs_alternative', short)).toEqual([]);
    expect(names('copy_user_enhanced_fast_string', short)).toEqual(['copy_user_enhanced_fast_string']);
  });
});
