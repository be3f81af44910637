import { expect, test } from 'vitest';
import type { Operation } from '#model/javascript-copies.ts';
import { type Clock, resolutionOf, timeOf } from '#model/javascript-times.ts';

/** A clock that goes on when it is told, and shows whole steps only. */
function clockOf(step: number, perLook: number): { now: Clock; pass: (ms: number) => void } {
  let time = 0;
  return {
    now: () => {
      time += perLook;
      return Math.floor(time / step) * step;
    },
    pass: (ms) => {
      time += ms;
    },
  };
}

test('resolutionOf() finds the step of a coarse clock', () => {
  expect(resolutionOf(clockOf(0.1, 0.01).now)).toBeCloseTo(0.1);
  expect(resolutionOf(clockOf(5, 0.5).now)).toBe(5);
});

test('timeOf() does it as often as a coarse clock needs, and divides', async () => {
  const clock = clockOf(0.1, 0.0001);
  let made = 0;
  const slow: Operation = {
    title: 'takes 0.3 ms',
    run(source) {
      made++;
      clock.pass(0.3);
      return source;
    },
  };
  const each = await timeOf(slow, 10, clock.now);
  expect(each).toBeGreaterThan(0.28);
  expect(each).toBeLessThan(0.32);
  expect(made).toBeGreaterThanOrEqual(33);
});

test('timeOf() comes to an end with a clock that hardly moves', async () => {
  const clock = clockOf(1, 0.01);
  const quick: Operation = { title: 'takes nothing', run: (source) => source };
  expect(await timeOf(quick, 1, clock.now)).toBeGreaterThanOrEqual(0);
});
