/** What the lab file-size decides, on results that hold, that do not and that are too noisy. */
import { describe } from 'vitest';
import type { Factors } from '#model/result.ts';
import { taskResult } from '../../../fixtures/task-result.ts';
import { tryPredicate } from './cases.ts';

const KiB = 1024;
const sizes = [4, 16, 64, 256, 1024].map((size) => size * KiB);
const entry = {
  id: 'file-size',
  question: 'From what size of a file does mmap or sendfile pay?',
  baseline: 'read',
  variants: { read: 'read', mmap: 'mmap', sendfile: 'sendfile' },
};

/** Cost against read, by variant: a number for every size, or a rule. */
type Costs = Readonly<Record<string, (bytes: number) => number>>;
const usual: Costs = {
  mmap: (bytes) => 6 * (4096 / bytes) ** 0.4,
  sendfile: (bytes) => 0.95 * (4096 / bytes) ** 0.1,
};

function result(costs: Costs = {}, noise = 0.02) {
  return taskResult({
    entry,
    noise,
    settings: [
      ...sizes.map((bytes) => ({ work: 'to look at', bytes })),
      ...sizes.map((bytes) => ({ link: 'tcp', bytes })),
    ],
    skip: (variant, { link }) => variant === 'sendfile' && link === undefined,
    plant: (variant, factors: Factors, luck) => {
      const bytes = Number(factors.bytes);
      const cost = { ...usual, ...costs }[variant]?.(bytes) ?? 1;
      return { bytes: bytes * 16, senderCpuNs: Math.round(1e7 * cost * luck), extra: { operations: 16 } };
    },
  });
}

const cheap = () => 0.5;
describe('file-size', () => {
  tryPredicate('B4', 'file-size', [
    ['mmap is dearer for small files', result(), 'not-held'],
    ['mmap is cheaper for small files', result({ mmap: cheap }), 'held'],
    ['cheaper for 4 KiB only', result({ mmap: (bytes) => (bytes > 4 * KiB ? 2 : 0.5) }), 'not-held'],
    ['the machine is noisy', result({ mmap: () => 0.97 }, 0.5), 'too-noisy'],
  ]);
  tryPredicate('B5', 'file-size', [
    ['sendfile is cheaper at every size', result(), 'not-held'],
    ['mmap up to 256 KiB, sendfile at 1 MiB', result({ mmap: (bytes) => (bytes < 1e6 ? 0.3 : 2) }), 'held'],
    ['mmap is cheaper at 1 MiB as well', result({ mmap: () => 0.3 }), 'not-held'],
    ['the machine is noisy', result({ mmap: (bytes) => (bytes < 1e6 ? 0.7 : 1) }, 0.6), 'too-noisy'],
  ]);
  tryPredicate('C3', 'file-size', [
    ['sendfile is the cheapest for 1 MiB', result({ sendfile: () => 0.4, mmap: () => 0.9 }), 'held'],
    ['mmap is cheaper', result({ sendfile: () => 0.6, mmap: () => 0.4 }), 'not-held'],
    ['read is cheaper', result({ sendfile: () => 1.4 }), 'not-held'],
  ]);
});
