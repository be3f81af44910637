/** What the lab slow-consumers decides, on results that hold, that do not and that are too noisy. */
import { describe, expect, test } from 'vitest';
import { lessMemory, lessThanLinear } from '#model/claims/judge/slow-consumers.ts';
import { taskResult } from '../../../fixtures/task-result.ts';
import { tryPredicate } from './cases.ts';

const MiB = 2 ** 20;
const entry = {
  id: 'slow-consumers',
  question: 'What does one more slow consumer cost in memory and CPU?',
  baseline: 'read-write',
  variants: { 'read-write': 'read + write', sendfile: 'sendfile' },
};

interface Costs {
  /** Memory that a consumer holds with sendfile, bytes. */
  readonly held?: number;
  /** Exponent of the CPU for all consumers along their number: 1 is a straight line. */
  readonly power?: number;
  readonly noise?: number;
  readonly rounds?: number;
  readonly bare?: boolean;
}

function result({ held = 3e4, power = 1, noise = 0.02, rounds = 9, bare = false }: Costs = {}) {
  return taskResult({
    entry,
    noise,
    rounds,
    settings: [1, 50, 200].map((consumers) => ({ link: 'tcp', consumers, chunk: 65_536 })),
    plant: (variant, factors, luck) => {
      const consumers = Number(factors.consumers);
      const each = variant === 'sendfile' ? held : 1.05 * MiB;
      const cpu = variant === 'sendfile' ? 7e4 * consumers ** power : 3e5 * consumers;
      return bare ? {} : { extra: { memoryBytes: consumers * each * luck, fillCpuNs: cpu * luck } };
    },
  });
}

describe('slow-consumers', () => {
  tryPredicate('D6', 'slow-consumers', [
    ['sendfile holds less memory', result(), 'held'],
    ['it holds less than none: others gave some back', result({ held: -5e4 }), 'held'],
    ['it holds more', result({ held: 2 * MiB }), 'not-held'],
    ['it holds as much', result({ held: 1.049 * MiB }), 'too-noisy'],
    ['the machine is noisy', result({ noise: 1.5 }), 'too-noisy'],
  ]);
  tryPredicate('E12', 'slow-consumers', [
    ['CPU grows as the consumers do', result(), 'not-held'],
    ['it grows less', result({ power: 0.4 }), 'held'],
    ['it grows a little less', result({ power: 0.79 }), 'too-noisy'],
    ['the machine is noisy', result({ noise: 0.6 }), 'too-noisy'],
  ]);

  test.each([
    ['lessMemory', lessMemory],
    ['lessThanLinear', lessThanLinear],
  ] as const)('%s is not run without its numbers, or with fewer than nine rounds', (_, judge) => {
    expect(judge(result({ bare: true })).state).toBe('not-run');
    expect(judge(result({ rounds: 8 }))).toMatchObject({ state: 'not-run', why: { code: 'too-few-rounds' } });
  });
});
