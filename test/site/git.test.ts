import { expect, test } from 'vitest';
import { readDates } from '#site/git.ts';

test('readDates() takes the newest commit of each file', () => {
  const log = 't:1700000000\n\ncontent/a.mdx\nt:1600000000\n\ncontent/a.mdx\ncontent/b.mdx\n';
  expect([...readDates(log)].map(([file, date]) => [file, date.getTime() / 1000])).toEqual([
    ['content/a.mdx', 1700000000],
    ['content/b.mdx', 1600000000],
  ]);
});
