/** What the lab cold-read decides, on results that hold, that do not and that are too noisy. */
import { describe } from 'vitest';
import { taskResult } from '../../../fixtures/task-result.ts';
import { tryPredicate } from './cases.ts';

const entry = {
  id: 'cold-read',
  question: 'What happens to latency when the page is not in memory?',
  baseline: 'read-write',
  variants: { 'read-write': 'read + write', sendfile: 'sendfile' },
};

/** @param cold how long a request by sendfile takes from the disk, against read + write: the middle and the tail */
function result({ middle = 1, tail = 1, warm = 0.1 } = {}, noise = 0.03) {
  return taskResult({
    entry,
    noise,
    settings: ['on disk', 'in memory'].map((file) => ({ link: 'tcp', file })),
    plant: (variant, { file }, luck) => {
      const own = variant === 'sendfile' && file === 'on disk' ? { middle, tail } : { middle: 1, tail: 1 };
      const scale = file === 'on disk' ? luck : luck * warm;
      const latenciesNs = Array.from({ length: 128 }, (_, at) =>
        Math.round((at < 100 ? 2e5 * own.middle : 1e6 * own.tail) * scale),
      );
      return { extra: { operations: 128 }, latenciesNs };
    },
  });
}

describe('cold-read', () => {
  tryPredicate('D4', 'cold-read', [
    ['the tail is as long', result(), 'not-held'],
    ['the tail is shorter', result({ tail: 0.4 }), 'held'],
    ['only the middle is shorter', result({ middle: 0.4 }), 'not-held'],
    ['the machine is noisy', result({ tail: 0.75 }, 0.6), 'too-noisy'],
  ]);
  tryPredicate('E13', 'cold-read', [
    ['the disk holds the thread', result(), 'not-held'],
    ['it does not', result({ middle: 0.11 }), 'held'],
    ['the machine is noisy', result({ warm: 0.5 }, 0.6), 'too-noisy'],
  ]);
});
