/** What stands around the pages, for programs that read: Markdown twins, llms.txt, addresses. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { buildSite, readSite } from './build.ts';
import { tagsOf } from './checks/html.ts';
import { checkLinks } from './checks/links.ts';

const dist = inject('dist');
const site = readSite(dist);
const read = (file: string) => readFileSync(join(dist, file), 'utf8');
const pages = [...site.keys()].filter((file) => file.endsWith('index.html') && file !== 'search/index.html');
const twinOf = (file: string) => (file === 'index.html' ? 'index.md' : file.replace(/\/index\.html$/, '.md'));
/** Attributes of the links and metas in a page's head by what they are for. */
const heads = (html: string) => tagsOf(html).filter(({ name, end }) => !end && ['link', 'meta'].includes(name));
const linkTo = (html: string, rel: string) =>
  heads(html).find(({ attributes }) => attributes.rel === rel)?.attributes.href;

describe.each(pages)('%s', (file) => {
  test('has a Markdown twin with its title, and names it', () => {
    const twin = read(twinOf(file));
    expect(twin).toMatch(/^# \S/m);
    expect(twin.length).toBeGreaterThan(200);
    expect(twin).not.toMatch(/<(div|p|span|svg|table|astro-\w+)\b/);
    expect(linkTo(read(file), 'alternate')).toBe(`/${twinOf(file)}`);
  });
});

test('a twin has prose, commands, the words of a figure, its table, and code', () => {
  const twin = read('labs/file-to-socket.md');
  expect(twin).toContain('```sh\n./zc run file-to-socket\n```');
  expect(twin).toMatch(/^## Recorded$/m);
  expect(twin).toMatch(/^\| .* \|\n\| --- \|/m);
  expect(twin).toMatch(/^```ts\n[\s\S]*defineLab\(\{$/m);
});

test('llms.txt lists every twin once, and nothing else', () => {
  const linked = [...read('llms.txt').matchAll(/^- \[.+\]\(\/(\S+)\): .+$/gm)].map(([, path]) => path!);
  expect(linked.toSorted()).toEqual(
    pages
      .filter((file) => file !== 'index.html')
      .map(twinOf)
      .toSorted(),
  );
  for (const path of linked) expect(existsSync(join(dist, path)), path).toBe(true);
});

test('the feed of changed verdicts is named where verdicts are, and leads to them', () => {
  const feed = read('verdicts.xml');
  const entries = [...feed.matchAll(/<entry>[\s\S]*?<link href="\/([^"]+)"\/>/g)].map(([, path]) => path!);
  expect(entries.length).toBeGreaterThan(0);
  for (const path of entries) expect(site.has(`${path}index.html`), path).toBe(true);
  for (const file of ['verdicts/index.html', 'verdicts/a3/index.html'])
    expect(read(file)).toContain('type="application/atom+xml"');
});

test('without a public address nothing claims one', () => {
  expect([...site.keys()].filter((file) => file.startsWith('cards/'))).toEqual([]);
  expect(site.has('sitemap-index.xml')).toBe(false);
  for (const file of pages) expect(linkTo(read(file), 'canonical')).toBeUndefined();
});

describe('under a public address and a folder, with a repository', () => {
  const address = 'https://somebody.test/zc/';
  let folder = '';
  const built = (file: string) => readFileSync(join(folder, 'dist', file), 'utf8');

  beforeAll(() => {
    folder = buildSite({
      SITE_URL: 'https://somebody.test',
      SITE_BASE: '/zc/',
      SITE_REPO: 'https://github.test/somebody/zc',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('every page names its one address, and the sitemap has them all', () => {
    const sitemap = built('sitemap-0.xml');
    for (const file of pages) {
      const own = address + file.replace(/index\.html$/, '');
      expect(linkTo(built(file), 'canonical'), file).toBe(own);
      expect(sitemap).toContain(`<loc>${own}</loc>`);
    }
  });

  test('every page has a card of its own, and names it', () => {
    const meta = (html: string, name: string) =>
      heads(html).find(({ attributes }) => attributes.property === name || attributes.name === name)?.attributes
        .content;
    const images = pages.map((file) => meta(built(file), 'og:image') ?? `none in ${file}`);
    expect(new Set(images).size).toBe(pages.length);
    for (const [index, file] of pages.entries()) {
      expect(images[index]!.startsWith(address), images[index]).toBe(true);
      const png = readFileSync(join(folder, 'dist', images[index]!.slice(address.length)));
      expect(png.subarray(1, 4).toString('latin1'), file).toBe('PNG');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
      expect(png.length, file).toBeLessThan(120_000);
      expect(meta(built(file), 'twitter:card')).toBe('summary_large_image');
      expect(meta(built(file), 'og:image:alt')?.length).toBeGreaterThan(2);
    }
  });

  test('every link resolves there, also in the twins and in llms.txt', () => {
    const files = readSite(join(folder, 'dist'));
    expect(checkLinks(files, '/zc/')).toEqual([]);
    const texts = [...files.keys()].filter((file) => file.endsWith('.md') || file === 'llms.txt');
    const lost = texts.flatMap((file) =>
      [...built(file).matchAll(/\]\((https:\/\/somebody\.test\/[^)#]*)/g)]
        .map(([, link]) => link!)
        .filter(
          (link) =>
            !link.startsWith(address) || !['', 'index.html'].some((end) => files.has(link.slice(address.length) + end)),
        )
        .map((link) => `${file}: ${link}`),
    );
    expect(lost).toEqual([]);
    expect(texts.length).toBeGreaterThan(pages.length);
  });

  test('a page can be edited, and a verdict be contradicted', () => {
    const links = (file: string) => tagsOf(built(file)).flatMap(({ attributes }) => attributes.href ?? []);
    expect(links('sendfile/index.html')).toContain('https://github.test/somebody/zc/edit/main/content/sendfile.mdx');
    expect(links('verdicts/a3/index.html')).toContain(
      'https://github.test/somebody/zc/issues/new?template=wrong-claim.yml&title=A3%3A+&claim=A3',
    );
  });
});
