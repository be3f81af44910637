import { expect, test } from 'vitest';
import { Patience } from '#learn/patience.ts';

let [nowMs, silent] = [0, false];

const patience = () =>
  new Patience(
    () => silent,
    () => nowMs,
  );

/** Whether it is over, at these moments. */
function overAt(one: Patience, moments: readonly number[], waitedMs: number): boolean[] {
  return moments.map((moment) => {
    nowMs = moment;
    return one.isOver(waitedMs);
  });
}

test('Patience is over when a program is still silent at the next look', () => {
  silent = false;
  const one = patience();
  expect(overAt(one, [0, 5000], 0)).toEqual([false, false]);
  silent = true;
  expect(overAt(one, [6000, 6040], 0)).toEqual([false, true]);
});

test('Patience begins anew with every word', () => {
  const one = patience();
  silent = true;
  overAt(one, [0], 0);
  silent = false;
  overAt(one, [40], 0);
  silent = true;
  expect(overAt(one, [80, 120], 0)).toEqual([false, true]);
});

test('Patience gives back the time in which a program waited for a CPU, up to a limit', () => {
  silent = true;
  expect(overAt(patience(), [0, 40, 3000, 3020], 3000)).toEqual([false, false, false, true]);
  expect(overAt(patience(), [0, 20_020], 1e9)).toEqual([false, true]);
});
