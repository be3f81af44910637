import { describe, expect, test } from 'vitest';
import { type ArticleNumber, articles, claims, coverage } from '#model/claims/index.ts';
import { type Picture, pictures, tellPicture } from '#model/claims/pictures.ts';
import { pathOf, systemHops } from '#model/paths/index.ts';

const all = (Object.keys(articles).map(Number) as ArticleNumber[]).flatMap((article) =>
  pictures[article].map((picture) => [`${article}, ${picture.called}`, article, picture] as const),
);

describe.each(all)('the picture of article %s', (_, article, picture) => {
  const told = tellPicture(picture);

  test('is told with every hop of the model, once and in order', () => {
    const path = pathOf(picture.technique);
    const own = picture.scope === 'whole' ? systemHops(path) : systemHops(path).slice(7, -3);
    expect(told.flatMap(({ hops }) => hops)).toEqual(own);
  });

  test('rests each step on a claim that the article makes', () => {
    const made = new Set(coverage[article].flatMap((sentence) => sentence.claims));
    for (const { claim } of picture.steps) {
      expect(claims.map(({ id }) => id)).toContain(claim);
      expect(made, claim).toContain(claim);
    }
  });

  test('says something of each step that is not simply right, and nothing of the others', () => {
    for (const { verdict, why } of picture.steps) expect(why === '').toBe(verdict === 'right');
  });

  test('calls a step short only where more than one hop is made, and right only where one is', () => {
    for (const { step, hops } of told) {
      if (step.verdict === 'short') expect(hops.length).toBeGreaterThan(1);
      if (step.verdict === 'right') expect(hops.map(({ by }) => by)).toEqual(['cpu']);
      // What is struck through is said to be one copy, and none is made.
      if (step.verdict === 'wrong') expect(hops.map(({ by }) => by)).toEqual(['reference', 'dma']);
    }
  });
});

describe('tellPicture()', () => {
  const [, picture] = pictures[2] as [Picture, Picture];

  test('refuses a step that the bytes do not come to', () => {
    const [first, last] = picture.steps as [Picture['steps'][number], Picture['steps'][number]];
    expect(() => tellPicture({ ...picture, steps: [last, first] })).toThrow(
      "Cannot tell the step 'disk to kernel buffer': 'broker, page cache, in' does not follow",
    );
  });

  test('refuses to end before the bytes do', () => {
    expect(() => tellPicture({ ...picture, steps: picture.steps.slice(0, 1) })).toThrow(
      "Cannot end after 'kernel buffer': the bytes go on",
    );
  });
});
