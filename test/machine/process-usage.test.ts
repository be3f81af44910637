import { expect, test } from 'vitest';
import { Mapping, Meter, pageSize } from '#libc';
import { usageOf } from '#machine/process-usage.ts';

test('usageOf() counts the faults and the memory that this process takes', () => {
  const before = usageOf(process.pid);
  const own = new Meter().usage();
  const pages = 200;
  using memory = Mapping.anonymous(pages * pageSize());
  memory.view().fill(1);
  const after = usageOf(process.pid);
  // The kernel may have taken larger pages than were asked for: one fault at least.
  expect(after.minorFaults).toBeGreaterThan(before.minorFaults);
  expect(Math.abs(before.minorFaults - own.minorFaults)).toBeLessThan(1000);
  expect(after.peakMemoryBytes).toBeGreaterThan(2 ** 20);
});

test('usageOf() refuses a process that is gone', () => {
  expect(() => usageOf(2 ** 22 + 1)).toThrow(/it has ended/);
});
