import { expect, test } from 'vitest';
import { cardPath } from '#site/card-path.ts';
import { cardOf } from '#site/cards.ts';

const page = (inside: string) => `<html><head><title>x</title></head><body><main>${inside}</main></body></html>`;
const head = '<p class="zc-kicker">Claim A4</p><h1 id="_top">Two <code>copies</code>\n are left</h1>';

test('cardOf() takes group and title from the page, and of a claim both verdicts', () => {
  const terms =
    '<dl class="zc-terms"><div><dt>The sources</dt><dd><strong>False.</strong> Why.</dd></div><div><dt>Better</dt><dd>So.</dd></div></dl>';
  expect(cardOf(page(head + terms), '/verdicts/a4/')).toEqual({
    kicker: 'Claim A4',
    title: 'Two copies are left',
    verdicts: [{ label: 'The sources', words: 'False' }],
  });
  expect(cardOf(page(head + terms), '/glossary/').verdicts).toEqual([]);
});

test('cardOf() does not name the site twice', () => {
  expect(cardOf(page('<p class="zc-kicker">Zero Copy, Measured</p><h1>Home</h1>'), '/').kicker).toBe('');
});

test('cardOf() refuses a page without a title', () => {
  expect(() => cardOf(page('<p>words</p>'), '/x/')).toThrow("Cannot draw the card of '/x/': expected <h1> in <main>");
});

test('cardPath() has a file for the home page too', () => {
  expect([cardPath('/'), cardPath('/kafka/tls/')]).toEqual(['cards/index.png', 'cards/kafka/tls.png']);
});
