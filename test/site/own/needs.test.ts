/** What a machine lacks is said without a network too: then by its code. */
import { beforeEach, expect, test, vi } from 'vitest';

const lacking = { cannotRun: [{ variant: 'a', factors: {}, why: 'no-strace', args: {} }] };
const need = { why: 'no-strace', args: {} };
beforeEach(() => vi.resetModules());

test('loadNeeds() brings the words with the first result that lacks something', async () => {
  const { loadNeeds, sayNeed } = await import('#site/own/needs.ts');
  await loadNeeds({ cannotRun: [] });
  expect(sayNeed(need).why).toBe("'no-strace', whose words could not be loaded");
  await loadNeeds(lacking);
  expect(sayNeed(need).why).toBe('strace is not installed');
});

test('loadNeeds() refuses nothing where they cannot be loaded', async () => {
  vi.doMock('#model/words/needs.ts', () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  const { loadNeeds, sayNeed } = await import('#site/own/needs.ts');
  await loadNeeds(lacking);
  expect(sayNeed(need)).toEqual({ why: "'no-strace', whose words could not be loaded", remedy: null });
  vi.doUnmock('#model/words/needs.ts');
});
