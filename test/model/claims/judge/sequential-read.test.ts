/** What the lab sequential-read decides, on results that hold, that do not and that are too noisy. */
import { describe } from 'vitest';
import { type Planted, taskResult } from '../../../fixtures/task-result.ts';
import { tryPredicate } from './cases.ts';

const BYTES = 8 * 2 ** 20;
const entry = {
  id: 'sequential-read',
  question: 'What makes reading fast?',
  baseline: 'sequential',
  variants: {
    sequential: 'in order',
    random: 'at random',
    'direct-sequential': 'O_DIRECT, in order',
    'direct-random': 'O_DIRECT, at random',
    sendfile: 'sendfile',
  },
};

type Plant = Readonly<Record<string, (round: number) => Planted>>;
const times: Readonly<Record<string, number>> = {
  random: 20,
  'direct-sequential': 25,
  'direct-random': 26,
  sendfile: 0.7,
};
const extra =
  (values: Readonly<Record<string, number>>): Plant[string] =>
  () => ({ extra: values });
const usual: Plant = {
  'sendfile sending': extra({ cachedBytes: BYTES }),
  'sequential writing': extra({ dirtyBytes: BYTES, leftDirtyBytes: 0, cachedBytes: BYTES }),
};

function result(change: Plant = {}, random = 20, noise = 0.05) {
  return taskResult({
    entry,
    noise,
    settings: ['reading', 'writing', 'sending'].map((does) => ({ does })),
    plant: (variant, { does }, luck, round) => ({
      bytes: BYTES,
      wallNs: Math.round(1e7 * luck * ({ ...times, random }[variant] ?? 1)),
      ...{ ...usual, ...change }[`${variant} ${does}`]?.(round),
    }),
  });
}

describe('sequential-read', () => {
  tryPredicate('D11', 'sequential-read', [
    ['at random takes longer', result(), 'held'],
    ['at random takes less', result({}, 0.5), 'not-held'],
    ['the machine is noisy', result({}, 1.05, 0.6), 'too-noisy'],
  ]);
  tryPredicate('A12', 'sequential-read', [
    ['the file is in memory afterwards', result(), 'not-held'],
    ['none of it is', result({ 'sendfile sending': extra({ cachedBytes: 0 }) }), 'held'],
    [
      'in one round it is',
      result({ 'sendfile sending': (round) => ({ extra: { cachedBytes: round ? 0 : 9 } }) }),
      'not-held',
    ],
    ['nobody looked', result({ 'sendfile sending': () => ({}) }), 'not-run'],
  ]);
  tryPredicate('E4', 'sequential-read', [
    ['dirty until synced, and cached', result(), 'held'],
    [
      'never dirty',
      result({ 'sequential writing': extra({ dirtyBytes: 0, leftDirtyBytes: 0, cachedBytes: BYTES }) }),
      'not-held',
    ],
    [
      'still dirty',
      result({ 'sequential writing': extra({ dirtyBytes: BYTES, leftDirtyBytes: 4096, cachedBytes: BYTES }) }),
      'not-held',
    ],
    [
      'not in memory any more',
      result({ 'sequential writing': extra({ dirtyBytes: BYTES, leftDirtyBytes: 0, cachedBytes: 0 }) }),
      'not-held',
    ],
  ]);
});
