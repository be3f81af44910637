import { describe, expect, test } from 'vitest';
import { pictures } from '#model/claims/pictures.ts';
import {
  drawPicture,
  PICTURE_WIDTH,
  SAID_BOX,
  stepLabel,
  stepSentence,
  TRUE_BOX,
} from '#site/figures/picture-layout.ts';

const all = Object.entries(pictures).flatMap(([article, own]) =>
  own.map((picture) => [`${article}, ${picture.called}`, picture] as const),
);

describe.each(all)('drawPicture(), article %s', (_, picture) => {
  const { places, steps, spots, hops, height } = drawPicture(picture);

  test('puts each place of the article at the height of the real one', () => {
    const heights = new Set(spots.map(({ y }) => y));
    for (const { y } of places) expect(heights).toContain(y);
    expect(places.map(({ name }) => name)).toEqual([picture.steps[0]!.from, ...picture.steps.map((step) => step.to)]);
  });

  test('leaves room between boxes for every step and every hop, inside the drawing', () => {
    for (const { from, to } of [...steps, ...hops]) expect(to - from).toBeGreaterThanOrEqual(34);
    expect(spots.at(-1)!.y + TRUE_BOX.height).toBeLessThanOrEqual(height);
    expect(TRUE_BOX.x + TRUE_BOX.width).toBeLessThan(PICTURE_WIDTH);
    expect(SAID_BOX.x + SAID_BOX.width).toBeLessThan(TRUE_BOX.x);
  });

  test('makes a step as long as what it stands for', () => {
    expect(steps.at(-1)!.to).toBe(hops.at(-1)!.to);
    expect(steps[0]!.from).toBe(hops[0]!.from);
  });
});

test('a step is named and judged in words', () => {
  const [, zeroCopy] = pictures[1];
  const wrong = zeroCopy!.steps.find(({ verdict }) => verdict === 'wrong')!;
  expect(stepLabel(wrong)).toBe('3.2 copied');
  expect(stepSentence(wrong)).toMatch(/^3\.2 OS buffer to NIC buffer, copied: wrong\. Nothing is copied into the card/);
  expect(stepSentence(zeroCopy!.steps[1]!)).toBe('1.2 application buffer to OS buffer, writes: right.');
});
