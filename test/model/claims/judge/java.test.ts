/** What the lab java-nio decides, on results that hold, that do not, and that lack a series or a number. */
import { describe, expect, test } from 'vitest';
import { altered, type ExtraRow, extraResult } from '../../../fixtures/extra-result.ts';
import { predicateOf, tryPredicate } from './cases.ts';

const MiB = 2 ** 20;
const whole = { askedBytes: 16 * MiB, sentBytes: 16 * MiB };
const none = { sendfileBytes: 0, readCalls: 0, mapCalls: 0 };
const socket = { target: 'socket' };
const nowhere = { target: 'nowhere' };
const rows: readonly ExtraRow[] = [
  ['heap', socket, { ...whole, ...none, readCalls: 256 }],
  ['direct', socket, { ...whole, ...none, readCalls: 256 }],
  ['mapped', socket, { ...whole, ...none, mapCalls: 1 }],
  ['transfer-to', socket, { ...whole, ...none, sendfileBytes: 16 * MiB }],
  ['transfer-to-polling', socket, { ...whole, ...none, sendfileBytes: 16 * MiB }],
  ['transfer-to-once', nowhere, { ...none, askedBytes: 3 * 2 ** 30, sentBytes: 2_147_479_552 }],
];
const usual = extraResult('java-nio', 'heap', rows);
const blind = altered(usual, ['direct', socket, { readCalls: 0 }]);

describe('java-nio', () => {
  tryPredicate('C2', 'java-nio', [
    ['sendfile carried everything', usual, 'held'],
    ['the socket that may wait got a copy', altered(usual, ['transfer-to', socket, { sendfileBytes: 0 }]), 'not-held'],
    ['the other one got a part', altered(usual, ['transfer-to-polling', socket, { sendfileBytes: MiB }]), 'not-held'],
    ['the trace saw no read where there must be some', blind, 'not-run'],
  ]);
  tryPredicate('B10', 'java-nio', [
    ['one mapping and no read', usual, 'held'],
    ['it was read after all', altered(usual, ['mapped', socket, { readCalls: 3 }]), 'not-held'],
    ['it was not mapped', altered(usual, ['mapped', socket, { mapCalls: 0 }]), 'not-held'],
    ['not all of it arrived', altered(usual, ['mapped', socket, { sentBytes: MiB }]), 'not-held'],
    ['the trace saw no read where there must be some', blind, 'not-run'],
  ]);
  tryPredicate('C6', 'java-nio', [
    ['one call stopped short', usual, 'not-held'],
    ['one call transferred all', altered(usual, ['transfer-to-once', nowhere, { sentBytes: 3 * 2 ** 30 }]), 'held'],
  ]);

  test.each(['B10', 'C2', 'C6'])('%s is not run without its numbers', (claim) => {
    const uncounted = structuredClone(usual);
    for (const { samples } of uncounted.series) for (const sample of samples) sample.extra = {};
    expect(predicateOf(claim, 'java-nio')(uncounted)).toMatchObject({ state: 'not-run', why: { code: 'not-counted' } });
  });
});
