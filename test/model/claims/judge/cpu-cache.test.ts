/** What the lab cpu-cache decides, on results that hold, that do not and that are too noisy. */
import { describe } from 'vitest';
import { taskResult } from '../../../fixtures/task-result.ts';
import { tryPredicate } from './cases.ts';

const entry = {
  id: 'cpu-cache',
  question: "What does copying do to everybody else's CPU cache?",
  baseline: 'read-write',
  variants: { 'read-write': 'read + write', sendfile: 'sendfile', nothing: 'nothing moved' },
};

/** @param share time of an access after sendfile, against read + write */
function result(share = 0.2, noise = 0.02) {
  return taskResult({
    entry,
    noise,
    settings: [256, 1024, 4096].map((size) => ({ workingBytes: size * 1024 })),
    plant: (variant, _, luck) => ({ extra: { nsPerAccess: 30 * (variant === 'read-write' ? 1 : share) * luck } }),
  });
}

describe('cpu-cache', () => {
  tryPredicate('D7', 'cpu-cache', [
    ['an access takes less time after sendfile', result(), 'held'],
    ['it takes more', result(1.5), 'not-held'],
    ['it takes as long', result(1.001), 'too-noisy'],
    ['the machine is noisy', result(0.8, 0.5), 'too-noisy'],
  ]);
});
