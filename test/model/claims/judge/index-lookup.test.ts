/** What the lab index-lookup decides, on results that hold, that do not and that are too noisy. */
import { describe } from 'vitest';
import { type Planted, taskResult } from '../../../fixtures/task-result.ts';
import { tryPredicate } from './cases.ts';

const entry = {
  id: 'index-lookup',
  question: 'Why does Kafka map its index?',
  baseline: 'pread',
  variants: { pread: 'pread', mmap: 'mmap', 'mmap-warm-first': 'mmap, last 8 KiB first' },
};

type Plant = Readonly<Record<string, (round: number) => Planted>>;

/** @param cost of a mapping against pread @param change instead of the usual, by variant, lookups and index */
function result(cost = 0.1, change: Plant = {}, noise = 0.02) {
  return taskResult({
    entry,
    noise,
    settings: ['anywhere', 'near the end'].flatMap((lookups) => ['warm', 'cold'].map((index) => ({ lookups, index }))),
    plant: (variant, { lookups, index }, luck, round) => ({
      senderCpuNs: Math.round(3e8 * luck * (variant === 'pread' ? 1 : cost)),
      calls: variant === 'pread' ? { pread: 600_000 } : {},
      majorFaults: variant !== 'pread' && index === 'cold' ? 3 : 0,
      extra: { operations: 30_000 },
      ...change[`${variant} ${lookups} ${index}`]?.(round),
    }),
  });
}

describe('index-lookup', () => {
  tryPredicate('B6', 'index-lookup', [
    ['no call, and less CPU', result(), 'held'],
    ['more CPU', result(1.5), 'not-held'],
    ['a call after all', result(0.1, { 'mmap anywhere warm': () => ({ calls: { pread: 1 } }) }), 'not-held'],
    ['nobody counted calls', result(0.1, { 'mmap anywhere warm': () => ({ calls: null }) }), 'not-run'],
    ['the machine is noisy', result(0.95, {}, 0.5), 'too-noisy'],
  ]);
  tryPredicate('B8', 'index-lookup', [
    ['the disk is waited for in a fault', result(), 'held'],
    ['no fault', result(0.1, { 'mmap anywhere cold': () => ({ majorFaults: 0 }) }), 'not-held'],
    ['pread faults as well', result(0.1, { 'pread anywhere cold': () => ({ majorFaults: 1 }) }), 'not-held'],
  ]);
  tryPredicate('B11', 'index-lookup', [
    ['a mapping is cheaper', result(), 'held'],
    ['a mapping is dearer', result(2), 'not-held'],
    ['dearer near the end', result(0.1, { 'mmap near the end warm': () => ({ senderCpuNs: 9e8 }) }), 'not-held'],
  ]);
});
