/** The site as it is built. The checks stand in checks/, each tried on the mistake it is there for. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { catalogueSchema } from '#model/catalogue.ts';
import { USUAL_ANSWER } from '#site/figures/answer.ts';
import type { Ask, ClaimAsk } from '#site/own/ask.ts';
import { countResult } from '../fixtures/results.ts';
import { buildSite, readSite } from './build.ts';
import { elementsOf, tagsOf, textOf } from './checks/html.ts';
import { checkLinks, type Site } from './checks/links.ts';
import {
  checkAddresses,
  checkFigures,
  checkHeadings,
  checkInline,
  checkReadable,
  checkSpaces,
  checkThirdParty,
} from './checks/page.ts';
import { checkPolicy } from './checks/policy.ts';
import { weigh } from './checks/weight.ts';

const KB = 1000;
/** Inline scripts by how they begin: the theme before the first paint, and Starlight's place in its sidebar. */
const inlineScripts = [/^\(\(\) => \{\s*const root = document\.documentElement/, /sl-sidebar|SidebarRestore|sidebar/i];
const catalogue = catalogueSchema.parse(JSON.parse(readFileSync('labs/catalogue.json', 'utf8')));
const extra: string[] = [];
const dist = inject('dist');
const site = readSite(dist);
const pages = [...site].filter((entry): entry is [string, string] => entry[1] !== null);

/** Builds once more, into a folder that goes with the tests. */
function build(environment: Record<string, string>): string {
  const folder = buildSite(environment);
  extra.push(folder);
  return join(folder, 'dist');
}

afterAll(() => {
  for (const folder of extra) rmSync(folder, { recursive: true, force: true });
});

test('has the pages that stand at an address for good', () => {
  const expected = [
    'what-is-zero-copy',
    'first-lab',
    'sendfile',
    'mmap',
    'counting-copies',
    'verdicts',
    'method',
    'labs',
    'labs/file-to-socket',
    'labs/shared-pages',
    'labs/count-copies',
    'search',
  ];
  expect([...site.keys()]).toEqual(
    expect.arrayContaining(['index.html', '404.html', ...expected.map((page) => `${page}/index.html`)]),
  );
});

test('every internal link and anchor leads somewhere', () => {
  expect(checkLinks(site)).toEqual([]);
});

describe.each(pages)('%s', (_, html) => {
  test('has one h1 and skips no level', () => expect(checkHeadings(html)).toEqual([]));
  test('has figures with title, text twin and table twin', () => expect(checkFigures(html)).toEqual([]));
  test('runs no word into code', () => expect(checkSpaces(html)).toEqual([]));
  test('has a link at each heading and figure that leads to it', () => expect(checkAddresses(html)).toEqual([]));
  test('needs no script to be read', () => expect(checkReadable(html)).toEqual([]));
  test('loads nothing from elsewhere', () => expect(checkThirdParty(html)).toEqual([]));
  test('has no inline style and no unknown inline script', () => expect(checkInline(html, inlineScripts)).toEqual([]));
  test('has a policy that lets run exactly its scripts', () => expect(checkPolicy(html)).toEqual([]));
  test('says what it is about', () => {
    const description =
      tagsOf(html).find(({ attributes }) => attributes.name === 'description')?.attributes.content ?? '';
    expect(description.length).toBeGreaterThan(20);
  });
  test('is light', () => {
    const weight = weigh(html, (path) => readFileSync(join(dist, path), 'utf8'));
    expect(weight.scriptBytes, 'script').toBeLessThanOrEqual(12 * KB);
    expect(weight.styleBytes, 'style').toBeLessThanOrEqual(16 * KB);
    expect(weight.htmlBytes, 'HTML').toBeLessThanOrEqual(60 * KB);
  });
});

// A reader's own results bring what reads, judges and draws them, on top of the page: the parts that the page asks for, and
// nothing else. What draws a program, or says what a machine lacks, is loaded when a file is given that needs it.
test.each(pages.filter(([, html]) => html.includes('data-own=')))('%s is light with own results', (file, html) => {
  const asked = new Set(['panel', ...asksOf(html).flatMap(partsOf)]);
  const loaded = new Set<string>();
  const partOf = (path: string) => /\/([a-z0-9-]+)\.[^/]*$/.exec(path)?.[1] ?? path;
  const { scriptBytes } = weigh(
    html,
    (path) => {
      loaded.add(partOf(path));
      return readFileSync(join(dist, path), 'utf8');
    },
    (path) => asked.has(partOf(path)),
  );
  expect(
    [...asked].filter((part) => !loaded.has(part)),
    file,
  ).toEqual([]);
  expect(scriptBytes).toBeLessThanOrEqual(35 * KB);
});

/** What the places of a page ask of a reader's results. */
function asksOf(html: string): Ask[] {
  return tagsOf(html).flatMap(({ attributes }) => (attributes['data-own'] ? JSON.parse(attributes['data-own']) : []));
}

/** Parts of src/site/own that answer it, and what these load for it, by the names of the files that are built. */
function partsOf(ask: Ask): string[] {
  if (ask.show === 'verdict') return ['verdict', ...judgesOf(ask), ...(ask.whole ? ['asked'] : [])];
  if (ask.show === 'answer' || ask.show === 'said') {
    const answer = ask.answer ?? catalogue.labs.find(({ id }) => id === ask.lab)?.answer ?? USUAL_ANSWER;
    return ['answer', answer.shape];
  }
  return ['headline', 'number', 'conclusion'].includes(ask.show) ? ['sentence'] : [ask.show];
}

/** Files of src/model/claims/judge. */
const judgesOf = ({ tests }: ClaimAsk): string[] => tests.map(({ judge }) => judge.split('.')[0]!);

test('styles load nothing from elsewhere', () => {
  const styles = [...site.keys()].filter((file) => file.endsWith('.css'));
  expect(styles.length).toBeGreaterThan(0);
  for (const file of styles)
    expect(readFileSync(join(dist, file), 'utf8'), file).not.toMatch(/(url\(|@import)\s*["']?(https?:)?\/\//);
});

test('every committed result is there byte for byte, and linked', () => {
  const results = readdirSync('labs/results', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  for (const file of results) {
    expect(readFileSync(join(dist, 'results', file), 'utf8')).toBe(readFileSync(join('labs/results', file), 'utf8'));
    expect(site.get('method/index.html')).toContain(`/results/${file}"`);
  }
});

test('a page says that something was not recorded only of a lab without any committed result', () => {
  const recorded = new Set(
    readdirSync('labs/results', { recursive: true, encoding: 'utf8' }).map((file) => basename(file, '.json')),
  );
  for (const [file, html] of pages) {
    const missing = tagsOf(html).filter(({ end, attributes }) => !end && /\bzc-missing\b/.test(attributes.class ?? ''));
    expect(
      missing.filter(({ attributes }) => recorded.has(attributes['data-lab'] ?? file)),
      file,
    ).toEqual([]);
    expect(
      missing.filter(({ attributes }) => !attributes['data-lab']),
      file,
    ).toEqual([]);
    const said = textOf(html).match(/not recorded yet|not written yet/gi) ?? [];
    expect(said.length, file).toBe(missing.length);
  }
});

test('two builds give the same bytes', () => {
  const other = build({});
  const files = [...readSite(other).keys()];
  expect(files).toEqual([...site.keys()]);
  const different = files.filter((file) => !readFileSync(join(other, file)).equals(readFileSync(join(dist, file))));
  expect(different).toEqual([]);
});

test('lives under a folder: every link resolves there', () => {
  expect(checkLinks(readSite(build({ SITE_BASE: '/some/where/' })), '/some/where/')).toEqual([]);
});

test('builds without any result, and says so', () => {
  const empty = readSite(build({ SITE_RESULTS: '.work/no-such-folder', SITE_CATALOGUE: '.work/no-such-file.json' }));
  expect(textOf(empty.get('labs/file-to-socket/index.html') ?? '')).toContain('Not recorded yet');
  expect(checkLinks(empty)).toEqual([]);
});

describe('with counts, synthetic ones', () => {
  let counted: Site = new Map();
  let [article, figure] = ['', ''];

  beforeAll(() => {
    counted = readSite(build({ SITE_RESULTS: countedResults() }));
    article = counted.get('counting-copies/index.html') ?? '';
    figure = elementsOf(article, 'figure').find((each) => each.includes('id="counted"')) ?? '';
  });

  test('every figure keeps its title, its text twin and its table twin', () => {
    for (const [file, html] of counted) if (html) expect(checkFigures(html), file).toEqual([]);
  });

  test('every anchor is there, and every guest has its raw results', () => {
    expect(checkLinks(counted)).toEqual([]);
    expect(article).toContain('href="/results/guest-linux-6.12/count-copies.json"');
  });

  test('the counted figure carries numbers and functions in the drawing, in words and in the table', () => {
    const [drawing = ''] = elementsOf(figure, 'svg');
    expect(textOf(drawing)).toContain('in pread · counted 1.00 _copy_to_iter');
    expect(textOf(figure)).toContain('Counted: 2 at the sender, 1 at the receiver');
    expect(textOf(figure)).toContain('in pread. Counted: 1.00 copies of each byte, in _copy_to_iter.');
    const heads = elementsOf(figure, 'th').map(textOf);
    expect(heads).toEqual(
      expect.arrayContaining(['By', 'Counted copies of each byte', 'Kernel function seen', 'Called by']),
    );
    expect(textOf(figure)).toContain('skb_splice_from_iter ← tcp_sendmsg_locked');
  });

  test('what is counted in a guest says so, shows no time, and names the command for that kernel', () => {
    expect(textOf(figure)).toContain('Times would mean nothing');
    expect(textOf(figure)).not.toMatch(/\d ?(ms|µs|ns|s)\b/);
    const lab = textOf(counted.get('labs/count-copies/index.html') ?? '');
    expect(lab).toContain('./zc run count-copies --guest --guest-kernel 6.1');
  });

  test("the home page keeps the receiver's copy and the card's DMA out of the counted numbers", () => {
    const home = textOf(counted.get('index.html') ?? '').replace(/\s+/g, ' ');
    expect(home).toContain('read + write ●● 2 mmap + write ● 1 sendfile none Beside them, in none of these numbers');
    expect(home).toContain('cannot be counted here: no card');
  });

  test('the pages that quote them say of nothing that it was not recorded', () => {
    for (const file of ['index.html', 'counting-copies/index.html', 'labs/count-copies/index.html']) {
      expect(textOf(counted.get(file) ?? 'not recorded yet'), file).not.toMatch(/not recorded yet/i);
    }
  });
});

/** A folder with the committed results and synthetic counts from two guests in the place of recorded ones. */
function countedResults(): string {
  mkdirSync('.work', { recursive: true });
  const folder = mkdtempSync('.work/counted-results-');
  extra.push(folder);
  cpSync('labs/results', folder, { recursive: true });
  const variants = Object.keys(catalogue.labs.find(({ id }) => id === 'count-copies')?.variants ?? {});
  const links = ['tcp', 'unix', 'veth', 'veth-no-gather', 'veth-no-checksum'];
  const plain = { receiver: 'read', fileSystem: 'ext4' };
  const others = ['discard', 'splice'].map((receiver) => ({ ...plain, link: 'tcp', receiver }));
  const groups = [...links.map((link) => ({ link, ...plain })), ...others];
  for (const version of ['6.12', '6.1']) {
    const result = countResult({ machine: `guest-linux-${version}`, release: `${version}.0-test`, variants, groups });
    mkdirSync(join(folder, result.environment.machine), { recursive: true });
    writeFileSync(join(folder, result.environment.machine, 'count-copies.json'), JSON.stringify(result));
  }
  return folder;
}
