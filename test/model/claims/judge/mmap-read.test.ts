/** What the lab mmap-read decides, on results that hold, that do not and that are unclear. */
import { describe } from 'vitest';
import { type Planted, taskResult } from '../../../fixtures/task-result.ts';
import { tryPredicate } from './cases.ts';

const MiB = 2 ** 20;
const entry = {
  id: 'mmap-read',
  question: 'What does it cost to look at a file through a mapping?',
  baseline: 'read',
  variants: { read: 'read', 'read-whole': 'read into own memory', mmap: 'mmap', 'mmap-random': 'mmap, MADV_RANDOM' },
};

type Plant = Readonly<Record<string, (round: number) => Planted>>;
const extra = (values: Readonly<Record<string, number>>) => () => ({ bytes: 128 * MiB, extra: values });
const usual: Plant = {
  'mmap file in memory': () => ({
    bytes: 128 * MiB,
    minorFaults: 140,
    extra: { residentBytes: 128 * MiB, takenBytes: MiB },
  }),
  'read file in memory': () => ({ bytes: 128 * MiB, minorFaults: 16, extra: { residentBytes: 65536, takenBytes: 0 } }),
  'read-whole file in memory': extra({ residentBytes: 128 * MiB, takenBytes: 127 * MiB }),
  'mmap-random file on disk': () => ({ majorFaults: 2 }),
  'mmap file written': extra({ seenBytes: 4095 }),
  'mmap kernel': extra({ kernelBytes: 0 }),
};

function result(change: Plant = {}) {
  return taskResult({
    entry,
    settings: ['file in memory', 'file on disk', 'file written', 'kernel'].map((scene) => ({ scene })),
    plant: (variant, { scene }, _luck, round) => ({ ...usual, ...change })[`${variant} ${scene}`]?.(round) ?? {},
  });
}

const taken = (bytes: number) => extra({ residentBytes: 128 * MiB, takenBytes: bytes });

describe('mmap-read', () => {
  tryPredicate('B2', 'mmap-read', [
    ['the page cache and no more', result(), 'not-held'],
    ['the kernel as well', result({ 'mmap kernel': extra({ kernelBytes: 8 }) }), 'held'],
    [
      'the kernel, and nobody sees a change',
      result({ 'mmap kernel': extra({ kernelBytes: 8 }), 'mmap file written': extra({ seenBytes: 0 }) }),
      'not-held',
    ],
  ]);
  tryPredicate('B7', 'mmap-read', [
    ['only the resident size grows', result(), 'not-held'],
    ['memory is taken', result({ 'mmap file in memory': taken(120 * MiB) }), 'held'],
    ['not even own memory is seen to take any', result({ 'read-whole file in memory': taken(0) }), 'too-noisy'],
    [
      'now a lot and now none',
      result({ 'mmap file in memory': (round) => taken(round % 2 ? 120 * MiB : 0)() }),
      'too-noisy',
    ],
  ]);
  tryPredicate('B8', 'mmap-read', [
    ['faults', result(), 'held'],
    ['no more than read', result({ 'mmap file in memory': () => ({ minorFaults: 3 }) }), 'not-held'],
    ['none of the disk', result({ 'mmap-random file on disk': () => ({ majorFaults: 0 }) }), 'not-held'],
    ['none in one round', result({ 'mmap-random file on disk': (round) => ({ majorFaults: round ? 2 : 0 }) }), 'held'],
  ]);
});
