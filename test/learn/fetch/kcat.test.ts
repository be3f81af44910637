import { expect, test, vi } from 'vitest';
import { recordsFinding } from '#learn/fetch/judge-fetch-way.ts';
import { findKcat, firstDifference, printedOf } from '#learn/fetch/kcat.ts';

const values = ['a', 'line\nfeed', '', 'd'].map((text) => Buffer.from(text));
const printed = Buffer.from('1 9 line\nfeed\n2 0 \n3 1 d\n');

test('printedOf() has offset, length and value of each record', () => {
  expect(printedOf(values, 1)).toEqual(printed);
});

test('firstDifference() finds the first record that is not printed as it was produced', () => {
  expect(firstDifference(printed, values, 1)).toBeNull();
  expect(firstDifference(Buffer.alloc(0), values, 1)).toBe(1);
  expect(firstDifference(printed.subarray(0, -1), values, 1)).toBe(3);
  expect(firstDifference(Buffer.from(String(printed).replace('feed', 'food')), values, 1)).toBe(1);
  expect(firstDifference(Buffer.from(String(printed).replace('2 0', '1 0')), values, 1)).toBe(2);
  expect(firstDifference(Buffer.concat([printed, printed]), values, 1)).toBe(4);
});

test('recordsFinding() wants every record, and a kcat that is content', () => {
  const where = { fetch: 1, sliceBytes: 99, situation: 'traced' };
  expect(recordsFinding({ printed, trouble: null }, values, where)).toBeNull();
  const finding = (right: number, said: string) => ({
    code: 'kcat-differs',
    args: { ...where, right, records: 3, said },
  });
  expect(recordsFinding({ printed: printed.subarray(0, 16), trouble: null }, values, where)).toEqual(finding(1, ''));
  expect(recordsFinding({ printed, trouble: 'no' }, values, where)).toEqual(finding(3, 'no'));
  expect(recordsFinding(null, values, where)).toEqual(finding(0, 'nothing'));
});

test('findKcat() says what is missing where there is no kcat', () => {
  vi.stubEnv('PATH', '/nowhere');
  expect(findKcat).toThrow(expect.objectContaining({ code: 'no-program', args: { program: 'kcat', package: 'kcat' } }));
  vi.unstubAllEnvs();
});
