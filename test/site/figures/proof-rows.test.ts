import { expect, test } from 'vitest';
import { needText } from '#model/words/needs.ts';
import { proofRows } from '#site/figures/proof-rows.ts';
import { proofEntry, proofResult } from '../../fixtures/results.ts';

const titles = proofEntry.variants;

test('proofRows() shows old bytes for a copy and new ones for pages of the file', () => {
  const rows = proofRows(proofResult(), titles, needText, ['read-write', 'sendfile']);
  expect(rows.map(({ title, arrived, owner }) => [title, arrived, owner])).toEqual([
    ['read + write', 'AAAA', 'copy'],
    ['sendfile', 'BBBB', 'file'],
  ]);
});

test('proofRows() gives links with the same outcome one row', () => {
  const [row] = proofRows(proofResult(), titles, needText, ['sendfile']);
  expect(row!.links).toBe('loopback TCP and AF_UNIX');
  expect(row!.newBytes).toBe(2 * 64 * 1024);
});

test('proofRows() keeps a path that could not run, with the reason', () => {
  const cannotRun = [
    { variant: 'msg-zerocopy', factors: { link: 'unix', control: 'none' }, why: 'msg-zerocopy-unix', args: {} },
  ];
  const rows = proofRows(proofResult({ cannotRun }), titles, needText, ['msg-zerocopy']);
  expect(rows.map(({ owner, links }) => [owner, links])).toEqual([
    ['copy', 'loopback TCP'],
    ['cannot-run', 'AF_UNIX'],
  ]);
  expect(rows[1]!.text).toContain('MSG_ZEROCOPY');
});

test('proofRows() shows a test that did not work as unclear, not as a copy', () => {
  const [row] = proofRows(proofResult({ plant: { sendfile: { otherBytes: 5 } } }), titles, needText, ['sendfile']);
  expect([row!.owner, row!.arrived]).toEqual(['unclear', '????']);
});
