import { describe, expect, test } from 'vitest';
import { hasTwin, twinPath } from '#site/twin-path.ts';
import { llmsText, twinOf } from '#site/twins.ts';

const html =
  '<head><meta name="description" content="About it."></head><main><p class="zc-kicker">K</p><h1>A <b>title</b></h1><p><a href="#b">x</a> <a href="/c/">y</a> <a href="https://d.test/">z</a></p></main>';

describe('twinOf()', () => {
  test('has title, description and links that hold anywhere', () => {
    const { page, text } = twinOf(html, '/a/', { folder: '', site: undefined });
    expect(page).toEqual({ path: '/a/', title: 'A title', description: 'About it.' });
    expect(text).toBe('# A **title**\n\n[x](/a/#b) [y](/c/) [z](https://d.test/)\n');
    expect(twinOf(html, '/a/', { folder: '/zc', site: 'https://s.test' }).text).toContain(
      '[x](https://s.test/zc/a/#b)',
    );
  });

  test('refuses a page without a main part', () => {
    expect(() => twinOf('<p>a</p>', '/a/', { folder: '', site: undefined })).toThrow(
      "Cannot write the twin of '/a/': expected <main>",
    );
  });
});

test('twinPath() and hasTwin()', () => {
  expect(['/', '/sendfile/', '/verdicts/a3/'].map(twinPath)).toEqual(['index.md', 'sendfile.md', 'verdicts/a3.md']);
  expect([hasTwin('/search/'), hasTwin('/')]).toEqual([false, true]);
});

test('llmsText() groups pages as the sidebar does, then what it leaves out', () => {
  const page = (path: string) => ({ path, title: `T ${path}`, description: 'D.' });
  const text = llmsText(
    ['/', '/verdicts/a1/', '/sendfile/', '/labs/', '/labs/latency/'].map(page),
    'https://s.test/zc',
  );
  expect(text).toMatch(/^# Zero Copy, Measured\n\n> D\.\n\n## Start here\n/);
  expect(text).toContain('## How it works\n\n- [T /sendfile/](https://s.test/zc/sendfile.md): D.\n');
  expect(text).toContain('## Labs\n\n- [T /labs/latency/](https://s.test/zc/labs/latency.md): D.\n');
  expect(text.match(/^- /gm)).toHaveLength(4);
});
