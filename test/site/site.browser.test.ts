/** The built site in a browser. It fails without Chromium; whether it runs at all is the runner's decision. */
import { readdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { claims } from '#model/claims/index.ts';
import { launch, type Served, serve } from './browser.ts';

let browser: Browser;
let site: Served;

beforeAll(async () => {
  browser = await launch();
  site = await serve(inject('dist'));
});
afterAll(async () => {
  await browser?.close();
  site?.[Symbol.dispose]();
});

const pages = readdirSync(inject('dist'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('index.html'))
  .map((file) => `/${file.replace(/index\.html$/, '')}`)
  // The pages of claims are of one kind: one stands for all, one with long words and a long list of numbers.
  .filter((path) => !/^\/verdicts\/./.test(path) || path === '/verdicts/a2/')
  .sort();
const themes = ['light', 'dark'] as const;
const template = ['/', '/sendfile/', '/labs/file-to-socket/', '/search/'];

/** Opens a page, hands it over, and fails on anything it complained about or loaded from elsewhere. */
async function visit(path: string, options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...options });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on(
      'request',
      (request) => request.url().startsWith(site.address) || complaints.push(`loads ${request.url()}`),
    );
    await page.goto(site.address + path, { waitUntil: 'networkidle' });
    await look(page);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}

async function openTwins(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>('main details')) details.open = true;
  });
}

const size = (width: number) => ({ viewport: { width, height: 800 } });

describe('axe finds nothing', () => {
  const cases = template.flatMap((path) =>
    themes.flatMap((theme) => [360, 1280].map((width) => [path, theme, width] as const)),
  );
  test.each(cases)('on %s, %s, %i px', async (path, colorScheme, width) => {
    await visit(path, { colorScheme, ...size(width) }, async (page) => expect(await violations(page)).toEqual([]));
  });

  test.each(pages.filter((path) => !template.includes(path)).map((path, index) => [path, themes[index % 2]!] as const))(
    'on %s, %s',
    async (path, colorScheme) => {
      await visit(path, { colorScheme, ...size(colorScheme === 'light' ? 360 : 1280) }, async (page) =>
        expect(await violations(page)).toEqual([]),
      );
    },
  );

  test.each(themes)('with every twin open, search open and the menu open, %s', async (colorScheme) => {
    await visit('/labs/file-to-socket/', { colorScheme, ...size(360) }, async (page) => {
      await openTwins(page);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('link', { name: 'Search' }).click();
      await page.getByRole('searchbox').fill('sendfile');
      await page.locator('dialog li a').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('sl-sidebar-pane, .sl-menu-button, [popovertarget]').first().waitFor({ state: 'attached' });
      await page.locator('[popovertarget="starlight__sidebar"]').click();
      expect(await violations(page)).toEqual([]);
    });
  });
});

test.each(pages)('%s needs no sideways scrolling at 320 px', async (path) => {
  await visit(path, size(320), async (page) => {
    await openTwins(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});

test.each(pages)('%s keeps the words of its drawings inside their places and apart at 320 px', async (path) => {
  await visit(path, size(320), async (page) => {
    const found = await page.evaluate(() => {
      const drawings = [...document.querySelectorAll('svg.zc-path, svg.zc-chart')];
      // A label that a small screen has no room for is not shown there, and stands nowhere.
      const boxes = drawings.map((drawing) => ({
        all: drawing.closest('.zc-plate')!.getBoundingClientRect(),
        words: [...drawing.querySelectorAll('text:not(.number)')]
          .filter((text) => text.checkVisibility())
          .map((text) => ({
            text: text.textContent?.trim(),
            // What is said of a place stands below it.
            place: text.matches('.when')
              ? undefined
              : text.closest('.place')?.querySelector('rect')?.getBoundingClientRect(),
            ...(text.getBoundingClientRect().toJSON() as DOMRect),
          })),
      }));
      return {
        outside: boxes.flatMap(({ all, words }) =>
          words
            .filter(({ place = all, left, right }) => left < place.left || right > place.right)
            .map(({ text }) => text),
        ),
        // Lines that belong together share a little of their line height; more than that is an overlap.
        touching: boxes.flatMap(({ words }) =>
          words.flatMap((one, index) =>
            words
              .slice(index + 1)
              .filter(({ left, right }) => Math.min(one.right, right) - Math.max(one.left, left) > 1)
              .filter(({ top, bottom }) => Math.min(one.bottom, bottom) - Math.max(one.top, top) > 3)
              .map((other) => `${one.text} | ${other.text}`),
          ),
        ),
      };
    });
    expect(found).toEqual({ outside: [], touching: [] });
  });
});

describe('search', () => {
  test('loads its index only when it is opened, finds, and leads there by keyboard', async () => {
    await visit('/', size(1280), async (page) => {
      const loaded: string[] = [];
      page.on('request', (request) => loaded.push(request.url()));
      expect(
        await page.evaluate(
          () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('pagefind')).length,
        ),
      ).toBe(0);
      await page.keyboard.press('Control+k');
      await page.getByRole('searchbox').fill('page fault');
      await page.locator('dialog li a').first().waitFor();
      expect(loaded.some((url) => url.includes('/pagefind/'))).toBe(true);
      expect(await page.locator('dialog [role=status]').textContent()).toMatch(/^\d+ pages?/);
      await page.locator('dialog li a[href$="/mmap/"]').focus();
      await Promise.all([page.waitForURL('**/mmap/'), page.keyboard.press('Enter')]);
    });
  });

  test('says when nothing was found, and closes with Escape', async () => {
    await visit('/sendfile/', size(1280), async (page) => {
      await page.getByRole('link', { name: 'Search' }).click();
      await page.getByRole('searchbox').fill('xyzzyplugh');
      await page.getByText('Nothing found.').waitFor();
      await page.keyboard.press('Escape');
      expect(await page.locator('dialog').isVisible()).toBe(false);
    });
  });

  test.each(['sendfiles', 'page fault', 'transferring', 'I/O', 'file-to-socket'])('finds %j', async (words) => {
    await visit('/search/', size(360), async (page) => {
      await page.locator('main').getByRole('searchbox').fill(words);
      await page.locator('main form li a').first().waitFor();
    });
  });

  test('has a page of its own', async () => {
    await visit('/search/', size(360), async (page) => {
      await page.locator('main').getByRole('searchbox').fill('sendfile');
      await page.locator('main form li a').first().waitFor();
    });
  });

  /** Opens a page on which a file stays away until it is let through, or fails as often as it is told to. */
  async function hinder(
    path: string,
    file: RegExp,
    hindered: (page: Page, letThrough: () => void) => Promise<void>,
    failures = 0,
  ): Promise<void> {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      const { promise, resolve } = Promise.withResolvers<void>();
      let left = failures;
      await page.route(file, async (route) => {
        if (left-- > 0) return route.abort();
        if (failures === 0) await promise;
        return route.continue();
      });
      await page.goto(site.address + path, { waitUntil: 'commit' });
      await hindered(page, resolve);
    } finally {
      await context.close();
    }
  }

  test('searches what was typed before its script came', async () => {
    await hinder('/search/', /\/SearchPage\.[^/]+\.js/, async (page, letThrough) => {
      // The browser puts back what was typed on an earlier visit, in a form that is not uncovered yet.
      await page.locator('main input[type=search]').evaluate((input: HTMLInputElement) => {
        input.value = 'sendfile';
      });
      letThrough();
      await page.locator('main form li a').first().waitFor();
    });
  });

  test('leads to its page when its script has not come, and finds there', async () => {
    await hinder('/sendfile/', /\/Search\.[^/]+\.js/, async (page, letThrough) => {
      await page.getByRole('link', { name: 'Search' }).click({ noWaitAfter: true });
      await page.waitForURL('**/search/', { waitUntil: 'commit' });
      letThrough();
      await page.locator('main').getByRole('searchbox').fill('xyzzyplugh');
      await page.locator('main').getByText('Nothing found.').waitFor();
    });
  });

  test.each([
    ['its program', /\/pagefind\.js/],
    ['its list of languages', /\/pagefind-entry\.json/],
    ['its index', /\.pf_meta/],
    ['its WebAssembly', /\/wasm\..+\.pagefind/],
  ])('says when %s could not be loaded, and loads it with the next key', async (_, file) => {
    await hinder(
      '/search/',
      file,
      async (page) => {
        const box = page.locator('main').getByRole('searchbox');
        await box.fill('sendfil');
        await page.getByText('The search index could not be loaded. The next key tries again.').waitFor();
        await box.fill('sendfile');
        await page.locator('main form li a').first().waitFor();
      },
      1,
    );
  });
});

describe('the filter of the verdicts', () => {
  const rows = (page: Page) => page.locator('[data-verdicts] tbody tr:visible');

  // Where it is narrow the rows stand below each other, by other rules.
  test.each([1280, 360])('leaves what was chosen, says how many, and keeps it in the address: %i px', async (width) => {
    await visit('/verdicts/', size(width), async (page) => {
      const all = await rows(page).count();
      await page.getByLabel('The sources').selectOption('False');
      await page.getByLabel('Said by').selectOption({ index: 1 });
      const left = await rows(page).count();
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThan(all);
      for (const said of await rows(page).locator('td:nth-of-type(2)').allTextContents())
        expect(said.trim()).toMatch(/^False\./);
      expect(await page.locator('zc-verdict-filter [role=status]').textContent()).toBe(`${left} of ${all} claims.`);
      expect(new URL(page.url()).search).toBe('?article=1&sources=false');
      await page.reload();
      expect(await rows(page).count()).toBe(left);
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.getByText(`All ${all} claims.`).waitFor();
      expect(await rows(page).count()).toBe(all);
      expect(new URL(page.url()).search).toBe('');
    });
  });

  test.each(['?sources=<b>', '?article=9&lab=none', '?__proto__=1'])('shows everything for %s', async (query) => {
    await visit(`/verdicts/${query}`, size(1280), async (page) => {
      expect(await page.locator('zc-verdict-filter [role=status]').textContent()).toMatch(/^All \d+ claims\.$/);
      expect(await page.locator('zc-verdict-filter b').count()).toBe(0);
    });
  });

  test('without script is not there, and every claim is', async () => {
    await visit('/verdicts/', { javaScriptEnabled: false, ...size(360) }, async (page) => {
      expect(await page.locator('zc-verdict-filter form:visible').count()).toBe(0);
      expect(await rows(page).count()).toBe(claims.length);
    });
  });
});

describe('a guess', () => {
  const predict = (page: Page) => page.locator('zc-predict');

  test('uncovers what was measured, says how far off it was, and is given once', async () => {
    await visit('/labs/file-to-socket/', size(320), async (page) => {
      const answer = predict(page).locator('.zc-predict-answer');
      const status = predict(page).getByRole('status');
      expect(await answer.isVisible()).toBe(false);
      await predict(page).getByLabel('Your guess').focus();
      await page.keyboard.type('a half');
      await page.keyboard.press('Enter');
      expect(await status.textContent()).toMatch(/^A number from 0 to 100,000 is expected/);
      expect(await answer.isVisible()).toBe(false);
      await predict(page).getByLabel('Your guess').fill('9999');
      await page.keyboard.press('Enter');
      expect(await status.textContent()).toMatch(/^You said 9999\. That is \d+ too high\.$/);
      expect(await answer.isVisible()).toBe(true);
      expect(await answer.locator('line.guess').getAttribute('x1')).toBe('100%');
      expect(await predict(page).getByRole('button', { name: 'Commit' }).isDisabled()).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  });

  test.each(['a half', '50'])('of %j leaves nothing for axe to find', async (typed) => {
    await visit('/labs/file-to-socket/', size(360), async (page) => {
      await predict(page).getByLabel('Your guess').fill(typed);
      await page.keyboard.press('Enter');
      const { violations } = await new AxeBuilder({ page }).include('zc-predict').analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    });
  });

  test('need not be made: one press shows what was measured', async () => {
    await visit('/labs/file-to-socket/', size(1280), async (page) => {
      await predict(page).getByRole('button', { name: 'Just show it' }).focus();
      await page.keyboard.press('Enter');
      expect(await predict(page).locator('.zc-predict-answer').isVisible()).toBe(true);
      expect(await predict(page).locator('line.guess').count()).toBe(0);
    });
  });

  test('is not asked for without script, and what was measured stands there', async () => {
    await visit('/labs/file-to-socket/', { javaScriptEnabled: false, ...size(360) }, async (page) => {
      expect(await predict(page).locator('form').isVisible()).toBe(false);
      expect(
        await predict(page)
          .getByText(/^Measured: /)
          .isVisible(),
      ).toBe(true);
    });
  });
});

test('the copy button copies the command without its prompt', async () => {
  await visit('/labs/file-to-socket/', size(1280), async (page) => {
    await page.getByRole('button', { name: 'Copy', exact: true }).first().click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('./zc run file-to-socket');
  });
});

describe('the theme', () => {
  const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const code = (page: Page) =>
    page.evaluate(() => getComputedStyle(document.querySelector('.expressive-code .ec-line span[style]')!).color);

  test.each([true, false])('follows the system, with script: %s', async (javaScriptEnabled) => {
    const seen: string[] = [];
    for (const colorScheme of themes) {
      await visit('/labs/file-to-socket/', { colorScheme, javaScriptEnabled, ...size(1280) }, async (page) => {
        seen.push(await paper(page), await code(page));
      });
    }
    const [lightPaper, lightCode, darkPaper, darkCode] = seen;
    expect(lightPaper).not.toBe(darkPaper);
    expect(lightCode).not.toBe(darkCode);
  });

  test('is what the reader chose, also on the next page', async () => {
    await visit('/sendfile/', { colorScheme: 'light', ...size(1280) }, async (page) => {
      const [lightPaper, lightCode] = [await paper(page), await code(page)];
      await page.getByLabel('Theme').first().selectOption('dark');
      expect(await paper(page)).not.toBe(lightPaper);
      expect(await code(page)).not.toBe(lightCode);
      await page.goto(`${site.address}/mmap/`);
      expect(await paper(page)).not.toBe(lightPaper);
      await page.getByLabel('Theme').first().selectOption('Auto');
      expect(await paper(page)).toBe(lightPaper);
    });
  });
});

test('the policy of a page stops a script that is not its own', async () => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const refused: string[] = [];
    page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
    await page.goto(`${site.address}/sendfile/`);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
      document.body.insertAdjacentHTML(
        'beforeend',
        '<img src="https://elsewhere.test/a.png" onerror="document.title = 1">',
      );
    });
    await expect.poll(() => refused.length).toBeGreaterThanOrEqual(2);
    expect(await page.title()).toMatch(/^sendfile/i);
    expect(refused.join()).toContain('Content Security Policy');
  } finally {
    await context.close();
  }
});

test('without script nothing is shown that needs it, and everything is there to read', async () => {
  await visit('/labs/file-to-socket/', { javaScriptEnabled: false, ...size(1280) }, async (page) => {
    for (const dead of ['zc-theme', '.zc-copy', '.expressive-code .copy button']) {
      expect(await page.locator(`${dead}:visible`).count(), dead).toBe(0);
    }
    expect(await page.getByRole('link', { name: 'Search' }).getAttribute('href')).toBe('/search/');
    expect(await page.locator('svg.zc-chart:visible').count()).toBeGreaterThan(0);
    await page.getByText('As a table').first().click();
    expect(await page.locator('figure table:visible').count()).toBeGreaterThan(0);
  });
});

test('colours of text and marks have their contrast in both themes', async () => {
  for (const colorScheme of themes) {
    await visit('/sendfile/', { colorScheme, ...size(1280) }, async (page) => {
      const ratios = await page.evaluate(() => {
        const root = getComputedStyle(document.documentElement);
        const probe = document.body.appendChild(document.createElement('i'));
        const light = (name: string) => {
          probe.style.color = `var(${name})`;
          const [r, g, b] = getComputedStyle(probe)
            .color.match(/[\d.]+/g)!
            .map((value) => Number(value) / 255);
          const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
          return 0.2126 * linear(r!) + 0.7152 * linear(g!) + 0.0722 * linear(b!);
        };
        const contrast = (a: string, b: string) =>
          (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
        const inks = ['--zc-cpu', '--zc-dma', '--zc-reference', '--zc-accent', '--zc-muted', '--zc-text', '--zc-ink'];
        return (
          root &&
          inks.flatMap((ink) =>
            ['--zc-paper', '--zc-plate', '--zc-grid'].map(
              (paper) => [`${ink} on ${paper}`, contrast(ink, paper)] as const,
            ),
          )
        );
      });
      for (const [pair, ratio] of ratios) expect(ratio, `${pair}, ${colorScheme}`).toBeGreaterThanOrEqual(4.5);
    });
  }
});

test("the operations of JavaScript run in the reader's own browser, and say what they did", async () => {
  await visit('/labs/javascript-copies/', {}, async (page) => {
    await page.click('zc-javascript-copies button');
    await page.waitForFunction(
      () => document.querySelector('zc-javascript-copies [role=status]')?.textContent === 'Done.',
      null,
      { timeout: 60_000 },
    );
    const gives = async (name: string) => await page.textContent(`[data-operation=${name}] td`);
    expect(await gives('subarray')).toBe('the same memory');
    expect(await gives('slice')).toBe('a copy');
    expect(await gives('clone-transfer')).toBe('the same memory; the source is empty');
    expect(await page.textContent('[data-operation=slice] .n')).toMatch(/^[\d.,]+ (ns|µs|ms)$/);
    expect(await page.textContent('zc-javascript-copies [data-clock]')).toMatch(
      /^The clock of this browser moves in steps of [\d.,]+ (ns|µs|ms), /,
    );
  });
});
