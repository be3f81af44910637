import { expect, test } from 'vitest';
import { predictionFindings } from '#learn/answers/judge-predict-calls.ts';
import type { Json } from '#learn/answers/paper.ts';

const counted = { fileBytes: 10, bufferBytes: 4, takesBytes: 2, reads: 4, writes: 5 };
const about = { task: 'predict-calls', fileBytes: 10, bufferBytes: 4, takesBytes: 2 };

test('predictionFindings() accepts what was counted, and names each call that was not', () => {
  expect(predictionFindings({ reads: 4, writes: 5 }, counted)).toEqual([]);
  expect(predictionFindings({ reads: 3, writes: 5 }, counted)).toEqual([
    { code: 'prediction-differs', args: { ...about, call: 'read', counted: 4, predicted: 3 } },
  ]);
  expect(predictionFindings({ reads: 3, writes: 6 }, counted).map(({ args }) => args.call)).toEqual(['read', 'write']);
});

test.each<Json>([null, 4, 'four', { reads: 4 }, { reads: 4, writes: '5' }, { reads: 4.5, writes: 5 }, []])(
  'predictionFindings() does not take %j for a prediction',
  (value) => {
    expect(predictionFindings(value, counted)).toEqual([
      { code: 'answer-shape', args: { ...about, answered: JSON.stringify(value) } },
    ]);
  },
);
