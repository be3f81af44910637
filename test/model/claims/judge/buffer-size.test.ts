/** What the lab buffer-size decides, on results that hold, that do not and that are too noisy. */
import { describe } from 'vitest';
import { taskResult } from '../../../fixtures/task-result.ts';
import { tryPredicate } from './cases.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const entry = {
  id: 'buffer-size',
  question: 'How much of the gain is the buffer of the baseline?',
  baseline: 'read-write',
  variants: { 'read-write': 'read + write', sendfile: 'sendfile', 'sendfile-whole': 'sendfile, one call for all' },
};
const chunks = [100, KiB, 4 * KiB, 64 * KiB, MiB];
/** Cost of a byte by read + write: more for each call. */
const calls = (chunk: number) => 1 + 20_000 / chunk;

type Costs = Readonly<Record<string, (chunk: number) => number>>;
const usual: Costs = {
  'read-write': calls,
  sendfile: (chunk) => calls(chunk) * (chunk < 1000 ? 0.95 : 0.5),
  'sendfile-whole': () => 0.5,
};

function result(costs: Costs = {}, noise = 0.02) {
  return taskResult({
    entry,
    noise,
    settings: chunks.map((chunk) => ({ link: 'tcp', chunk })),
    plant: (variant, { chunk }, luck) => {
      const cost = ({ ...usual, ...costs }[variant] as (chunk: number) => number)(Number(chunk)) * luck;
      const bytes = Math.min(16 * MiB, Number(chunk) * 20_000);
      const ns = Math.round((bytes / 16) * cost);
      return { bytes, wallNs: ns, senderCpuNs: ns };
    },
  });
}

describe('buffer-size', () => {
  tryPredicate('D2', 'buffer-size', [
    ['the reduction follows the buffer', result(), 'not-held'],
    ['the same reduction at every buffer', result({ 'sendfile-whole': (chunk) => calls(chunk) * 0.35 }), 'held'],
    ['too large against a small buffer', result({ 'sendfile-whole': () => 0.35 }), 'not-held'],
    ['the machine is noisy', result({ 'sendfile-whole': (chunk) => calls(chunk) * 0.35 }, 0.4), 'too-noisy'],
  ]);
  tryPredicate('D12', 'buffer-size', [
    ['batching is worth more', result(), 'not-held'],
    ['zero copy is worth more', result({ sendfile: (chunk) => calls(chunk) / 1000 }), 'held'],
    ['the machine is noisy', result({ sendfile: (chunk) => calls(chunk) / 180 }, 0.5), 'too-noisy'],
  ]);
  tryPredicate('D14', 'buffer-size', [
    ['it saves most in large calls', result(), 'not-held'],
    ['it saves most in small ones', result({ sendfile: (chunk) => calls(chunk) * (chunk < 1000 ? 0.3 : 0.8) }), 'held'],
    ['the same in both', result({ sendfile: (chunk) => calls(chunk) * 0.5 }), 'too-noisy'],
  ]);
});
