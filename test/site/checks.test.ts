/** Every check of the built site must be able to fail: each is given the mistake it is there for. */
import { describe, expect, test } from 'vitest';
import { checkLinks } from './checks/links.ts';
import {
  checkAddresses,
  checkFigures,
  checkHeadings,
  checkInline,
  checkReadable,
  checkSpaces,
  checkThirdParty,
} from './checks/page.ts';
import { weigh } from './checks/weight.ts';

describe('checkHeadings()', () => {
  test('accepts one h1 and steps of one', () => {
    expect(checkHeadings('<h2>On this page</h2><h1>A</h1><h2>B</h2><h3>C</h3><h2>D</h2>')).toEqual([]);
  });
  test.each([
    ['no h1', '<h2>B</h2>', 'not exactly one h1'],
    ['two h1', '<h1>A</h1><h1>B</h1>', 'not exactly one h1'],
    ['a skipped level', '<h1>A</h1><h3>B</h3>', 'h1 is followed by h3'],
  ])('finds %s', (_, html, problem) => expect(checkHeadings(html)).toContain(problem));
});

describe('checkFigures()', () => {
  const whole = `<figure class="zc-figure" id="f" aria-labelledby="f-title"><p id="f-title"><a></a> A title</p>
    <svg role="img" aria-label="What it shows"></svg>
    <details data-twin="text"><summary>In words</summary><p>What it shows, in a whole sentence.</p></details>
    <details data-twin="table"><summary>As a table</summary><table><tr><td>1</td></tr></table></details></figure>`;
  test('accepts a whole figure', () => expect(checkFigures(whole)).toEqual([]));
  test.each([
    ['a missing title', '<a></a> A title', '', "figure 'f' has no title"],
    ['an empty text twin', '<p>What it shows, in a whole sentence.</p>', '', "figure 'f' has no text twin"],
    ['a table twin without a cell', '<td>1</td>', '', "figure 'f' has no table twin"],
    ['an unnamed drawing', 'aria-label="What it shows"', '', "figure 'f' has a drawing without a name"],
  ])('finds %s', (_, part, other, problem) => expect(checkFigures(whole.replace(part, other))).toEqual([problem]));
});

describe('checkReadable()', () => {
  const page = (inside: string) => `<main><p>${'Words to read. '.repeat(20)}</p>${inside}</main>`;
  test('accepts text, and a form or a button that script uncovers', () =>
    expect(
      checkReadable(page('<form hidden></form><button hidden>Run</button><div hidden class="place"></div>')),
    ).toEqual([]));
  test('finds an empty page', () => expect(checkReadable('<main></main>')).toEqual(['main holds hardly any text']));
  test('finds content that waits for script', () => {
    expect(checkReadable(page('<astro-island></astro-island><section hidden><p>Words.</p></section>'))).toEqual([
      '<astro-island> needs script',
      '<section> is hidden until script shows it',
    ]);
  });
});

test('checkSpaces() finds a word that runs into code', () => {
  expect(checkSpaces('<p>as in <code>a</code> and (<code class="b">c</code>)</p>')).toEqual([]);
  expect(checkSpaces('<p>as in<code>a</code></p>')).toEqual(["no space in 'in<code>a'"]);
});

describe('checkAddresses()', () => {
  const page = (inside: string) => `<main><a href="#a">contents</a><h1>T</h1>${inside}</main>`;
  const figure = (link: string) =>
    `<figure class="zc-figure" id="a"><p id="a-title"><a href="${link}">Fig.</a></p></figure>`;
  test('accepts headings and figures that lead to themselves, and a small heading without an address', () =>
    expect(checkAddresses(page(`<h2 id="b">B</h2><a href="#b">link</a><h3>C</h3>${figure('#a')}`))).toEqual([]));
  test('finds a heading and a figure without; the table of contents does not count', () =>
    expect(checkAddresses(page(`<h2 id="a">A</h2><p>Words.</p>${figure('#b')}`))).toEqual([
      '<h2 id="a"> has no link to itself',
      '<figure id="a"> has no link to itself',
    ]));
});

describe('checkThirdParty()', () => {
  test('accepts own files and links to elsewhere', () => {
    expect(
      checkThirdParty(
        '<script src="/a.js"></script><a href="https://x.test/">x</a><link rel="canonical" href="https://x.test/">',
      ),
    ).toEqual([]);
  });
  test('finds what is loaded from elsewhere', () => {
    const html =
      '<link rel="stylesheet" href="https://fonts.test/a.css"><img src="//cdn.test/a.png"><img srcset="/a.png, https://b.test/b.png 2x">';
    expect(checkThirdParty(html)).toEqual([
      'loads https://fonts.test/a.css',
      'loads //cdn.test/a.png',
      'loads https://b.test/b.png 2x',
    ]);
  });
});

describe('checkInline()', () => {
  test('accepts the colours of code and a known script', () => {
    expect(checkInline('<span style="--0:#fff;--1:#000">a</span><script>known()</script>', [/^known/])).toEqual([]);
  });
  test('finds styles and unknown scripts', () => {
    expect(checkInline('<style>a{}</style><p style="color:red">a</p><script>other()</script>', [/^known/])).toEqual([
      'has a <style>',
      'has style="color:red"',
      'has an inline script: other()',
    ]);
  });
});

describe('checkLinks()', () => {
  const site = (html: string, base = '') =>
    new Map([
      ['index.html', html.replaceAll('BASE', base)],
      ['a/index.html', '<h2 id="there">x</h2>'],
      ['raw.json', null],
    ]);
  test('accepts pages, files, anchors and links to elsewhere', () => {
    const html =
      '<a href="/a/">1</a><a href="/a/#there">2</a><a href="#top" id="top">3</a><a href="/raw.json">4</a><a href="https://x.test/y">5</a>';
    expect(checkLinks(site(html))).toEqual([]);
  });
  test('finds a page that is not there, and an anchor', () => {
    expect(checkLinks(site('<a href="/b/">1</a><a href="/a/#gone">2</a>'))).toEqual([
      'index.html: /b/ leads nowhere',
      'index.html: /a/#gone has no such anchor',
    ]);
  });
  test('finds a link that leaves the base path', () => {
    expect(checkLinks(site('<a href="/zc/a/">1</a>'), '/zc/')).toEqual([]);
    expect(checkLinks(site('<a href="/a/">1</a>'), '/zc/')).toEqual(['index.html: /a/ leads nowhere']);
  });
});

test('weigh() counts imports of scripts and not what is imported later', () => {
  const files: Record<string, string> = {
    '/s/a.js': 'import{b}from"./b.js";import("./late.js")',
    '/s/b.js': `export const b=${JSON.stringify('x'.repeat(50))}`,
    '/s/a.css': 'a{}',
  };
  const read = (path: string) =>
    files[path] ??
    (() => {
      throw new Error(`read ${path}`);
    })();
  const without = weigh('<link rel="stylesheet" href="/s/a.css">', read);
  const having = weigh('<script type="module" src="/s/a.js"></script><link rel="stylesheet" href="/s/a.css">', read);
  expect(without.scriptBytes).toBe(0);
  expect(having.scriptBytes).toBeGreaterThan(60);
  expect(having.styleBytes).toBe(without.styleBytes);
});

test('weigh() counts what is imported later where it is told to, with its own imports', () => {
  const files: Record<string, string> = {
    '/s/a.js': 'import("./late.js");import(`./never.js`)',
    '/s/late.js': 'import{b}from"./b.js";import("./later.js")',
    '/s/b.js': '"a word"',
    '/s/later.js': '"another"',
  };
  const read = (path: string) => files[path] ?? expect.unreachable(`read ${path}`);
  const page = '<script type="module" src="/s/a.js"></script>';
  const weights = [
    weigh(page, read),
    weigh(page, read, (path) => path === '/s/late.js'),
    weigh(page, read, (path) => path.startsWith('/s/late')),
  ].map(({ scriptBytes }) => scriptBytes);
  expect(weights).toEqual([...weights].sort((a, b) => a - b));
  expect(new Set(weights).size).toBe(3);
});
