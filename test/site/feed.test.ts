import { expect, test } from 'vitest';
import { feedText } from '#site/feed.ts';

const at = '2026-11-21T10:00:00Z';
const address = (path: string) => `https://s.test/zc${path}?a&b`;

test('feedText() has what changed, and not what is new or gone', () => {
  const text = feedText(
    [
      { at, claim: 'A3', from: 'not-run', to: 'not-held' },
      { at: '2026-11-20T10:00:00Z', claim: 'A1', from: null, to: 'held' },
      { at: '2026-11-20T10:00:00Z', claim: 'A99', from: 'held', to: 'not-held' },
    ],
    address,
  );
  expect(text.match(/<entry>/g)).toHaveLength(1);
  expect(text).toContain('<title>A3: Did not hold here (before: not run)</title>');
  expect(text).toContain('<id>urn:zero-copy-measured:verdicts:a3:2026-11-21T10:00:00Z</id>');
  expect(text).toContain('<link href="https://s.test/zc/verdicts/a3/?a&amp;b"/>');
  expect(text).toContain(`<id>urn:zero-copy-measured:verdicts</id>\n<updated>${at}</updated>`);
});

test('feedText() of nothing is a feed all the same', () => {
  expect(feedText([], address)).toMatch(/^<\?xml[\s\S]*<updated>1970[\s\S]*<\/feed>\n$/);
});
