import { expect, test } from 'vitest';
import { tlbShootdowns } from '#machine/shootdowns.ts';

test('tlbShootdowns() adds up the processors', () => {
  const interrupts = `           CPU0       CPU1
 RES:       1000       2000   Rescheduling interrupts
 TLB:     656121     583877   TLB shootdowns
 TRM:          0          0   Thermal event interrupts`;
  expect(tlbShootdowns(interrupts)).toBe(656_121 + 583_877);
});

test('tlbShootdowns() says so where the kernel counts none', () => {
  expect(() => tlbShootdowns(' IPI0:  1  2  Rescheduling interrupts')).toThrow(
    expect.objectContaining({ code: 'no-shootdown-count' }),
  );
});
