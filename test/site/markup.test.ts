import { describe, expect, test } from 'vitest';
import { el, htmlOf } from '#site/markup.ts';

describe('htmlOf()', () => {
  test('writes elements, attributes and text, and leaves out what is not there', () => {
    const tree = el('p', { class: 'a', hidden: true, title: undefined, lang: false }, 'x', null, false, [
      el('b', { x: 0 }, 'y'),
      undefined,
    ]);
    expect(htmlOf(tree)).toBe('<p class="a" hidden="">x<b x="0">y</b></p>');
    expect(htmlOf([tree, 'z'])).toBe('<p class="a" hidden="">x<b x="0">y</b></p>z');
  });

  test('keeps text text', () => {
    const tree = el('p', { title: '"><script>' }, '<img onerror=1> & more');
    expect(htmlOf(tree)).toBe('<p title="&quot;&gt;&lt;script&gt;">&lt;img onerror=1&gt; &amp; more</p>');
  });
});
