/** What the lab latency decides, on results that hold, that do not and that are too noisy. */
import { describe } from 'vitest';
import { taskResult } from '../../../fixtures/task-result.ts';
import { tryPredicate } from './cases.ts';

const entry = {
  id: 'latency',
  question: 'Is a reply from memory sooner with zero copy?',
  baseline: 'read-write',
  variants: { 'read-write': 'read + write', sendfile: 'sendfile' },
};

/** @param short what a reply of 100 bytes takes with sendfile, against read + write @param long the same of 64 KiB */
function result(short = 1, long = 0.8, noise = 0.005) {
  return taskResult({
    entry,
    noise,
    settings: [100, 65_536].map((bytes) => ({ link: 'tcp', bytes })),
    plant: (variant, { bytes }, luck) => {
      const share = variant !== 'sendfile' ? 1 : bytes === 100 ? short : long;
      const latenciesNs = Array.from({ length: 101 }, (_, at) => Math.round(2e4 * share * luck * (1 + at / 200)));
      return { latenciesNs, extra: { operations: latenciesNs.length } };
    },
  });
}

describe('latency', () => {
  tryPredicate('D3', 'latency', [
    ['only long replies are sooner', result(), 'not-held'],
    ['both are sooner', result(0.8), 'held'],
    ['only short ones are sooner', result(0.8, 1.01), 'not-held'],
    ['short ones are a little sooner', result(0.97), 'not-held'],
    ['short ones are later', result(1.2), 'not-held'],
    ['the machine is noisy', result(0.9, 0.8, 0.3), 'too-noisy'],
  ]);
  tryPredicate('D10', 'latency', [
    ['short replies are as soon', result(), 'not-held'],
    ['they are a little sooner', result(0.9), 'not-held'],
    ['they are much sooner', result(0.5), 'held'],
    ['the machine is noisy', result(0.75, 1, 0.4), 'too-noisy'],
  ]);
  tryPredicate('D12', 'latency', [
    ['long replies take a fifth less', result(), 'not-held'],
    ['they take a third of the time', result(1, 0.33), 'held'],
    ['the machine is noisy', result(1, 0.45, 0.4), 'too-noisy'],
  ]);
});
