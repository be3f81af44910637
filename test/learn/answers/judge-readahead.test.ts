import { expect, test } from 'vitest';
import { proofFindings, type ReadTrial, readaheadFindings } from '#learn/answers/judge-readahead.ts';

const ahead: ReadTrial = { pages: [1, 2, 3, 4, 5], advice: 'normal', asked: 5, resident: 80 };
const exact: ReadTrial = { pages: [900, 7], advice: 'random', asked: 2, resident: 2 };
const aboutAhead = { task: 'readahead', reads: 5, pages: '1, 2, 3, 4, …', advice: 'normal' };
const aboutExact = { task: 'readahead', reads: 2, pages: '900, 7', advice: 'random' };

test('readaheadFindings() compares a prediction with what was counted here', () => {
  expect([readaheadFindings('more', ahead), readaheadFindings('exact', exact)]).toEqual([[], []]);
  expect(readaheadFindings('exact', ahead)).toEqual([
    { code: 'readahead-differs', args: { ...aboutAhead, asked: 5, resident: 80, predicted: 'exact' } },
  ]);
  expect(readaheadFindings('more', exact)).toEqual([
    { code: 'readahead-differs', args: { ...aboutExact, asked: 2, resident: 2, predicted: 'more' } },
  ]);
  expect(readaheadFindings(true, exact)).toEqual([{ code: 'answer-shape', args: { ...aboutExact, answered: 'true' } }]);
});

const proof = (value: number | null, resident: number, trial: ReadTrial) =>
  proofFindings({ value, seen: { resident } }, trial).map(({ code }) => code);

test('proofFindings() wants the number that is in memory, after reads that were really made', () => {
  expect(proof(80, 80, ahead)).toEqual([]);
  // Windows grow as the disk answers: how far it read ahead is not the same each time.
  expect(proof(30, 30, ahead)).toEqual([]);
  expect(proof(2, 2, exact)).toEqual([]);
});

test.each([
  ['residence-differs', 5, 80, ahead],
  ['residence-differs', 2, 3, exact],
  // Nothing was put out, nothing was read, or others were read.
  ['reads-differ', 4096, 4096, ahead],
  ['reads-differ', 5, 5, ahead],
  ['reads-differ', 0, 0, exact],
  ['reads-differ', 3, 3, exact],
  ['answer-shape', null, 2, exact],
] as const)('proofFindings() finds %s', (code, value, resident, trial) => {
  expect(proof(value, resident, trial)).toEqual([code]);
});
