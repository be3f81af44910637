import { describe, expect, test } from 'vitest';
import { gapText, guessOf, placeOnScale } from '#site/prediction-gap.ts';

describe('guessOf()', () => {
  test.each([
    ['50', 50],
    [' 62,5 ', 62.5],
    ['0', 0],
    ['100000', 100_000],
  ])('takes %j', (text, guess) => expect(guessOf(text)).toBe(guess));

  test.each(['', 'half', '-3', '1e9', '999999', '1.2.3', '<b>', '٣'])('refuses %j', (text) =>
    expect(guessOf(text)).toBeNull(),
  );
});

describe('gapText()', () => {
  const measured = { at: 62, low: 58, high: 66 };
  test.each([
    [50, 'You said 50. That is 12 too low.'],
    [70.5, 'You said 70.5. That is 8.5 too high.'],
    [58, 'You said 58. That is inside the interval: as good as measured.'],
    [66, 'You said 66. That is inside the interval: as good as measured.'],
  ])('%f', (guess, text) => expect(gapText(guess, measured)).toBe(text));
});

test('placeOnScale() keeps what is far off at the end', () => {
  expect(placeOnScale(75, 150)).toBe(50);
  expect(placeOnScale(900, 150)).toBe(100);
});
