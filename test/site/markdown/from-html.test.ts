import { describe, expect, test } from 'vitest';
import { parseHtml } from '#site/markdown/element.ts';
import { markdownOf } from '#site/markdown/from-html.ts';

const markdown = (html: string) => markdownOf(parseHtml(html), (href) => `ROOT${href}`);

test.each([
  [
    'headings and prose',
    '<h2 id="a">One  two</h2><p>a <em>b</em>, <strong>c</strong>.</p>',
    '## One two\n\na *b*, **c**.\n',
  ],
  ['links', '<p>See <a href="/x/"> this </a>now.</p>', 'See [this](ROOT/x/) now.\n'],
  ['code in a line', '<p>Call <code>read(2) *</code></p>', 'Call `read(2) *`\n'],
  ['what Markdown would take for marks', '<p>a*b_c [d] &lt;e&gt;</p>', 'a\\*b\\_c \\[d\\] \\<e>\n'],
  ['lists in lists', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>', '- a\n  - b\n- c\n'],
  ['numbered lists', '<ol><li>a</li><li><p>b</p></li></ol>', '1. a\n2. b\n'],
  [
    'tables with a caption',
    '<table><caption>C</caption><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><th>1</th><td>x|y</td></tr></tbody></table>',
    '**C**\n\n| A | B |\n| --- | --- |\n| 1 | x\\|y |\n',
  ],
  ['tables without a head', '<table><tr><td>1</td></tr></table>', '|  |\n| --- |\n| 1 |\n'],
  [
    'code that was coloured line by line',
    '<pre data-language="ts"><code><div class="ec-line"><div class="gutter">1</div><div class="code"><span>a = 1;</span></div></div><div class="ec-line"><div class="code">  b\n</div></div></code></pre>',
    '```ts\na = 1;\n  b\n```\n',
  ],
  [
    'a command without its button',
    '<zc-command><span>in your clone</span><code>./zc list</code><button>Copy</button></zc-command>',
    '```sh\n./zc list\n```\n',
  ],
  [
    'a figure: its words, not its drawing',
    '<figure><p>Title</p><svg><text>x</text></svg><details><summary>In words</summary><p>y</p></details></figure>',
    'Title\n\n**In words**\n\ny\n',
  ],
  ['what only a screen reader gets', '<p>a<span class="sr-only">b</span></p><nav>c</nav><script>d</script>', 'a\n'],
])('markdownOf() writes %s', (_, html, text) => expect(markdown(html)).toBe(text));

describe('parseHtml()', () => {
  test('reads attributes, entities and elements without an end', () => {
    const [img, text] = parseHtml('<img alt="a &amp; b" src=x><br/>&#x41;&lt;').children;
    expect(img).toMatchObject({ name: 'img', attributes: { alt: 'a & b', src: 'x' }, children: [] });
    expect(text).toMatchObject({ name: 'br' });
  });

  test('an end tag that nothing began changes nothing', () => {
    expect(markdown('<p>a</b></p></div><p>b</p>')).toBe('a\n\nb\n');
  });
});
