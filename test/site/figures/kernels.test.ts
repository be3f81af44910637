import { describe, expect, test } from 'vitest';
import { agreementText, copyRows, kernelName, mechanismRows } from '#site/figures/kernels.ts';
import { countEntry, countGroups, countResult } from '../../fixtures/results.ts';

const titles = countEntry.variants;
const newer = countResult();
const older = countResult({
  queue: { function: 'tcp_sendpage', hits: 64 },
  primitive: 'copy_user_enhanced_fast_string',
});

test('kernelName() is short', () => expect(kernelName(newer)).toBe('Linux 6.18'));

test('copyRows() keeps sender and receiver apart, and says what one kernel did not count', () => {
  const part = countResult({ variants: ['read-write', 'sendfile'] });
  expect(copyRows([newer, part], titles).slice(0, 3)).toEqual([
    { title: 'read + write', cells: ['2.00 + 1.00', '2.00 + 1.00'] },
    { title: 'mmap + write', cells: ['1.00 + 1.00', 'not counted'] },
    { title: 'sendfile', cells: ['0.00 + 1.00', '0.00 + 1.00'] },
  ]);
});

test('mechanismRows() names the functions that were seen, and bytes a call', () => {
  expect(mechanismRows([newer, older], ['tcp', 'veth'])).toEqual([
    {
      title: 'sendfile over loopback TCP hands pages over in',
      cells: ['skb_splice_from_iter, 25.6 KiB a call', 'tcp_sendpage, 4 KiB a call'],
    },
    { title: 'sendfile over veth hands pages over in', cells: ['nothing seen', 'nothing seen'] },
    { title: 'Copies were counted again in', cells: ['rep_movs_alternative', 'copy_user_enhanced_fast_string'] },
  ]);
});

describe('agreementText()', () => {
  test('says how many agree', () => {
    expect(agreementText(newer, older, titles)).toBe(
      'Of 20 combinations of path, link and receiver counted on both kernels, 20 differ by less than a hundredth of a copy.',
    );
  });

  test('names the largest difference', () => {
    const other = countResult({ plant: { 'sendfile veth-no-gather': { inKernel: 0 } } });
    expect(agreementText(newer, other, titles)).toBe(
      'Of 20 combinations of path, link and receiver counted on both kernels, 19 differ by less than a hundredth of a copy. The largest difference is 1.00: sendfile over veth that cannot gather.',
    );
  });

  test('compares nothing that only one of them counted', () => {
    expect(agreementText(newer, countResult({ groups: [{ link: 'veth' }] }), titles)).toBe(
      'Nothing was counted on both kernels.',
    );
    const one = countResult({ groups: countGroups.slice(0, 1) });
    expect(agreementText(newer, one, titles)).toMatch(/^Of 5 combinations/);
  });
});
