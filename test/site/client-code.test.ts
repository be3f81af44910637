import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { together } from '#site/client-code.ts';

const modules = Object.values(together).flat();

test.each(modules)('%s, named for a file of the pages, is there', (module) => {
  expect(existsSync(`src/${module}.ts`)).toBe(true);
});

test('no module is named for two files', () => {
  expect(new Set(modules).size).toBe(modules.length);
});
