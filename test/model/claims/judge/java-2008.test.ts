/** What the lab java-2008 decides, on results that hold, that do not and that are too noisy. */
import { describe } from 'vitest';
import { taskResult } from '../../../fixtures/task-result.ts';
import { tryPredicate } from './cases.ts';

const MiB = 2 ** 20;
const entry = {
  id: 'java-2008',
  question: 'How much time does transferTo take off the programs of the article that says 65 %?',
  baseline: 'traditional',
  variants: { traditional: 'stream, 4 KiB buffer', 'transfer-to': 'transferTo' },
};

/** @param small what transferTo takes of the time with 7 MiB @param others the same with 63 and 200 MiB */
function result(small: number, others: number, noise = 0.005) {
  return taskResult({
    entry,
    noise,
    settings: [7, 63, 200].map((size) => ({ bytes: size * MiB })),
    plant: (variant, { bytes }, luck) => {
      const share = variant === 'traditional' ? 1 : bytes === 7 * MiB ? small : others;
      return { wallNs: Math.round(5e7 * share * luck), extra: { operations: 1 } };
    },
  });
}

describe('java-2008', () => {
  tryPredicate('D2', 'java-2008', [
    ['every file takes 65 % less time', result(0.35, 0.35), 'held'],
    ['every file takes half of the time', result(0.5, 0.5), 'not-held'],
    ['only the small one takes 65 % less', result(0.35, 0.5), 'not-held'],
    ['every file takes a fifth of the time', result(0.2, 0.2), 'not-held'],
    ['the machine is noisy', result(0.35, 0.35, 0.6), 'too-noisy'],
  ]);
});
