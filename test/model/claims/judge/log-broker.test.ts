/** What the lab log-broker decides, on results that hold and that do not. */
import { describe } from 'vitest';
import { taskResult } from '../../../fixtures/task-result.ts';
import { tryPredicate } from './cases.ts';

const MiB = 2 ** 20;
const entry = {
  id: 'log-broker',
  question: 'What does zero copy change in a log broker?',
  baseline: 'copying',
  variants: { copying: 'copying', mapped: 'mapped', sendfile: 'sendfile' },
};
const one = { takenBytes: MiB + 700, appendedBytes: MiB, sendfileBytes: 0, writtenBytes: MiB + 600 };
const usual: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  copying: one,
  mapped: one,
  sendfile: { ...one, sendfileBytes: MiB, writtenBytes: 600 },
};

const result = (change: typeof usual = {}) =>
  taskResult({
    entry,
    settings: [{ part: 'one consumer', fetchBytes: MiB }],
    plant: (variant) => ({ bytes: 64 * MiB, extra: { ...usual, ...change }[variant] ?? {} }),
  });

describe('log-broker', () => {
  tryPredicate('E15', 'log-broker', [
    ['what was produced was stored and served', result(), 'held'],
    ['less was stored than came', result({ copying: { ...one, appendedBytes: MiB / 2 } }), 'not-held'],
    ['one path sent less', result({ mapped: { ...one, writtenBytes: MiB / 2 } }), 'not-held'],
    ['one path sent twice as much', result({ mapped: { ...one, writtenBytes: 2 * MiB } }), 'not-held'],
    [
      'nothing was stored',
      result({ sendfile: { takenBytes: 0, appendedBytes: 0, sendfileBytes: 0, writtenBytes: 0 } }),
      'not-held',
    ],
    ['nobody looked', result({ copying: {} }), 'not-run'],
  ]);
});
