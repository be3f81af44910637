import { expect, test } from 'vitest';
import type { Counted } from '#learn/answers/count-candidates.ts';
import { choiceFindings } from '#learn/answers/judge-choice.ts';

const zeros = { calls: 0, faults: 0, memory: 0, references: 0, overwrite: 0 };
const counted: readonly Counted[] = [
  { situation: 's', technique: 'copy', ...zeros, calls: 20 },
  { situation: 's', technique: 'share', ...zeros, calls: 10, references: 500, overwrite: 500 },
];
const found = (technique: string, because: string, decides: 'references' | 'overwrite' = 'references') =>
  choiceFindings({ technique, because }, counted, decides);

test('choiceFindings() accepts the technique that the deciding count speaks for', () => {
  expect(found('share', 'references')).toEqual([]);
  expect(found('copy', 'overwrite', 'overwrite')).toEqual([]);
});

test('choiceFindings() finds a choice that the count does not bear out, and one that is not clear', () => {
  const about = { task: 'choice', situation: 's' };
  expect(found('copy', 'references')).toEqual([
    {
      code: 'choice-not-best',
      args: {
        ...about,
        technique: 'copy',
        quantity: 'references',
        counted: 0,
        other: 'share',
        otherCounted: 500,
      },
    },
  ]);
  // A tie, and a little less: neither is a reason.
  expect(found('share', 'memory').map(({ code }) => code)).toEqual(['choice-not-best']);
  const close = counted.map((one) => ({ ...one, calls: one.technique === 'copy' ? 19 : 10 }));
  expect(choiceFindings({ technique: 'share', because: 'calls' }, close, 'calls')).toHaveLength(1);
});

test('choiceFindings() finds a reason that is true and beside the point', () => {
  expect(found('share', 'calls').map(({ code, args }) => [code, args.counted, args.otherCounted])).toEqual([
    ['choice-beside', 10, 20],
  ]);
});

test.each([undefined, null, 'share', { technique: 'share' }, { technique: 'magic', because: 'calls' }])(
  'choiceFindings() does not take %j for a choice',
  (value) => {
    const [first] = choiceFindings(value as never, counted, 'calls');
    expect(first).toMatchObject({ code: 'choice-unknown', args: { techniques: 'copy, share' } });
  },
);
