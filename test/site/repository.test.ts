import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { problemAddress, wrongClaimAddress } from '#site/repository.ts';

const place = 'https://github.test/owner/name';

test.each([
  ['wrong-claim', wrongClaimAddress('A3', place), { title: 'A3: ', claim: 'A3' }],
  ['page', problemAddress('/sendfile/', place), { page: '/sendfile/' }],
])('the form %s exists, and has the fields that a link fills in', (form, address = '', fields) => {
  const { pathname, searchParams } = new URL(address);
  expect(pathname).toBe('/owner/name/issues/new');
  expect(Object.fromEntries(searchParams)).toEqual({ template: `${form}.yml`, ...fields });
  const text = readFileSync(`.github/ISSUE_TEMPLATE/${form}.yml`, 'utf8');
  const ids = [...text.matchAll(/^ {4}id: (\S+)$/gm)].map(([, id]) => id);
  expect(['title', ...ids]).toEqual(expect.arrayContaining(Object.keys(fields)));
});

test('without a repository there is no link', () => {
  expect([wrongClaimAddress('A3'), problemAddress('/')]).toEqual([undefined, undefined]);
});
