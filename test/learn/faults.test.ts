import { afterEach, expect, test } from 'vitest';
import { faultsMet, injectFaults, interrupted, shortened, shortenedReference } from '#learn/faults.ts';

afterEach(() => injectFaults('none'));

test('calls fall short, all of them or only those that move references', () => {
  injectFaults('none');
  expect([shortened(900), shortenedReference(900, 7), interrupted()]).toEqual([900, 900, false]);
  injectFaults('short');
  const before = faultsMet();
  expect([shortened(900), shortenedReference(900, 7), shortened(1), shortened(2 ** 30)]).toEqual([300, 300, 1, 40_009]);
  expect(faultsMet() - before).toBe(3);
  injectFaults('short-reference');
  expect([shortened(900), shortenedReference(900, 7)]).toEqual([900, 300]);
});

test('only the first call from each descriptor leaves the next one an odd offset', () => {
  injectFaults('odd-offset');
  const before = faultsMet();
  const moved = [shortenedReference(65_536, 7), shortenedReference(65_536, 7), shortenedReference(65_536, 8)];
  expect([...moved, shortened(900)]).toEqual([101, 65_536, 101, 900]);
  expect(faultsMet() - before).toBe(2);
});

test('every second call is interrupted', () => {
  injectFaults('interrupted');
  expect([interrupted(), interrupted(), interrupted(), interrupted()]).toEqual([true, false, true, false]);
});
