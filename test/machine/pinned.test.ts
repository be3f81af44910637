import { expect, test } from 'vitest';
import { usableCpus } from '#libc';
import { pinned } from '#machine/pinned.ts';

test('pinned() starts on one CPU and goes back to where it was, also after an error', () => {
  const before = usableCpus();
  const [first] = before as [number];
  expect(pinned(first, () => usableCpus())).toEqual([first]);
  expect(usableCpus()).toEqual(before);
  const failing = () =>
    pinned(first, () => {
      throw new Error('no start');
    });
  expect(failing).toThrow('no start');
  expect(usableCpus()).toEqual(before);
  expect(pinned(null, () => usableCpus())).toEqual(before);
});
