/** The reader's own results in a page: dropped, chosen, served, refused, forgotten; in every state, by keyboard, without a network. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { serve as serveLocally } from '#cli/serve.ts';
import { hostileFiles } from '../fixtures/hostile-files.ts';
import { inspectDocument } from '../fixtures/inspect-document.ts';
import { launch, type Served, serve } from './browser.ts';

let browser: Browser;
let site: Served;
const home = mkdtempSync(join(tmpdir(), 'zc-own-'));

beforeAll(async () => {
  browser = await launch();
  site = await serve(inject('dist'));
});
afterAll(async () => {
  await browser?.close();
  site?.[Symbol.dispose]();
  rmSync(home, { recursive: true, force: true });
});

const recorded = (lab: string) => readFileSync(`labs/results/reference-vm/${lab}.json`, 'utf8');
/** A committed result as if another machine had given it, all its sender's times a tenth longer. */
function mine(lab: string): string {
  const result = JSON.parse(recorded(lab));
  result.environment.machine = 'my-laptop';
  result.environment.kernel.release = '7.7.7';
  return JSON.stringify(result);
}
const upload = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
const sizes = [360, 1280];
const themes = ['light', 'dark'] as const;
const status = (page: Page) => page.locator('zc-own-results [role=status]');
/** What it comes to, however slow the machine is. */
const settled = <T>(of: () => Promise<T>, message = '') => expect.poll(of, { message, timeout: 30_000, interval: 50 });
const input = (page: Page) => page.locator('zc-own-results input');

/** Opens a page, hands it over, and fails on anything it complained about or loaded from elsewhere. */
async function visit(
  path: string,
  options: BrowserContextOptions,
  look: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const { method, url } = { method: request.method(), url: request.url() };
      if (!url.startsWith(site.address)) complaints.push(`loads ${url}`);
      if (method !== 'GET') complaints.push(`sends ${method} ${url}`);
    });
    await page.goto(site.address + path, { waitUntil: 'networkidle' });
    await look(page, context);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

/** Drops files as a hand would, somewhere in the middle of the article. */
async function drop(page: Page, files: readonly { readonly name: string; readonly text: string }[]): Promise<void> {
  const transfer = await page.evaluateHandle((given) => {
    const made = new DataTransfer();
    for (const { name, text } of given) made.items.add(new File([text], name, { type: 'application/json' }));
    return made;
  }, files);
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}

/** All that an article shows, the panel left out. */
const shown = (page: Page) => page.evaluate(() => document.querySelector('main .sl-markdown-content')?.innerHTML);

describe('a dropped result', () => {
  test('stands beside ours: sentence, chart, numbers, machine', async () => {
    await visit('/labs/file-to-socket/', {}, async (page) => {
      await drop(page, [{ name: 'mine.json', text: mine('file-to-socket') }]);
      await settled(() => status(page).textContent()).toBe('Shown beside ours: 1 result.');
      const headline = page.locator('.zc-headline');
      const [ours, yours] = [headline.locator('.zc-headline-main'), headline.locator('.zc-own p').first()];
      expect(await yours.textContent()).toBe(`Your machine: ${await ours.textContent()}`);
      const figure = page.locator('#total-cpu');
      expect(await figure.locator('.zc-own-name').textContent()).toMatch(/^Your machine: my-laptop, \d+ \w+ \d{4}$/);
      // The same samples make the same drawing.
      expect(await figure.locator('.zc-own svg').allInnerTexts()).toEqual(
        await figure.locator('[data-plot] svg').allInnerTexts(),
      );
      expect(await figure.locator('.zc-own table').count()).toBeGreaterThan(0);
      const machine = page.locator('.zc-own:has-text("What else differs")');
      expect(await machine.count()).toBe(1);
      expect(await machine.textContent()).toMatch(/kernel\.release: \S+ and 7\.7\.7/);
    });
  });

  test('gives the verdicts of its machine', async () => {
    await visit('/verdicts/', {}, async (page) => {
      await drop(page, [{ name: 'mine.json', text: mine('shared-pages') }]);
      await settled(() => status(page).textContent()).toContain('1 result');
      const own = page.locator('#a5 .zc-own');
      await settled(() => own.textContent()).toMatch(/^Your machine: (Held here|Did not hold here)\./);
      expect(await page.locator('#d3 .zc-own').textContent()).toContain('Not run');
    });
  });

  test('is there on the next page and after a reload, until the reader forgets it', async () => {
    await visit('/labs/splice-proxy/', {}, async (page) => {
      await drop(page, [{ name: 'mine.json', text: mine('splice-proxy') }]);
      await page.locator('.zc-own-name').first().waitFor();
      await page.goto(`${site.address}/sendfile/`);
      await settled(() => status(page).textContent()).toContain('1 result');
      await page.goto(`${site.address}/labs/splice-proxy/`);
      await page.locator('.zc-own-name').first().waitFor();
      await page.getByRole('button', { name: 'Forget my results' }).click();
      await settled(() => status(page).textContent()).toBe('Forgotten: this browser keeps nothing of them.');
      expect(await page.locator('[data-own]:visible').count()).toBe(0);
      await page.reload({ waitUntil: 'networkidle' });
      expect(await page.locator('[data-own]:visible').count()).toBe(0);
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
    });
  });

  test('loads what reads it when a file is near, and not before', async () => {
    await visit('/verdicts/', {}, async (page) => {
      const heavy = () =>
        page.evaluate(() =>
          performance
            .getEntriesByType('resource')
            .map(({ name }) => new URL(name).pathname)
            .filter((path) => /\/(panel|verdict|program)\.|\/schema\/|catalogue\.json/.test(path)),
        );
      expect(await heavy()).toEqual([]);
      await input(page).focus();
      await page.locator('zc-own-results[data-ready]').waitFor();
      expect((await heavy()).length).toBeGreaterThan(4);
    });
  });

  test('needs no network once a file was near', async () => {
    await visit('/labs/splice-proxy/', {}, async (page, context) => {
      await input(page).focus();
      await page.locator('zc-own-results[data-ready]').waitFor();
      await context.setOffline(true);
      await drop(page, [{ name: 'mine.json', text: mine('splice-proxy') }]);
      await page.locator('.zc-own-name').first().waitFor();
      await context.setOffline(false);
    });
  });

  test('judges without a network too, with what the page needs for its claims and no more', async () => {
    await visit('/verdicts/e14/', {}, async (page, context) => {
      await input(page).focus();
      await page.locator('zc-own-results[data-ready]').waitFor();
      await context.setOffline(true);
      await drop(page, [{ name: 'mine.json', text: mine('slow-network') }]);
      const own = page.locator('[data-own*=verdict]');
      await own.getByText('Asked of slow-network').waitFor();
      expect(await own.textContent()).toMatch(/^Your machine: (Held here|Did not hold here|Too noisy to say)\./);
      expect(await own.textContent()).toMatch(/(Held here|Did not hold here|Too noisy to say)\..*(ms|%|times|than)/);
      await context.setOffline(false);
    });
  });

  test('forgotten leaves the page as it was', async () => {
    await visit('/labs/file-size/', {}, async (page) => {
      const before = await shown(page);
      await drop(page, [{ name: 'mine.json', text: mine('file-size') }]);
      await page.locator('.zc-own-name').first().waitFor();
      expect(await shown(page)).not.toBe(before);
      await page.getByRole('button', { name: 'Forget my results' }).click();
      await settled(() => shown(page)).toBe(before);
    });
  });
});

test("every lab's own page answers with a result of that lab", async () => {
  const labs = ['buffer-size', 'count-calls', 'latency', 'slow-consumers', 'slow-network', 'mmap-read', 'shared-pages'];
  for (const lab of labs) {
    await visit(`/labs/${lab}/`, {}, async (page) => {
      await drop(page, [{ name: 'mine.json', text: mine(lab) }]);
      await settled(() => status(page).textContent()).toContain('1 result');
      expect(await page.locator(`main .sl-markdown-content [data-own]:visible`).count(), lab).toBeGreaterThan(1);
    });
  }
});

test('what inspect printed is drawn', async () => {
  await visit('/sendfile/', {}, async (page) => {
    await drop(page, [{ name: 'inspect.json', text: JSON.stringify(inspectDocument()) }]);
    await settled(() => status(page).textContent()).toBe("Shown beside ours: your program's data path.");
    const program = page.locator('.zc-own-program');
    expect(await program.locator('.zc-own-name').textContent()).toBe('Your program: ./server --port 8080');
    expect(await program.locator('svg.zc-path').count()).toBe(2);
    expect(await program.locator('.zc-path-title').allTextContents()).toEqual([
      'sendfile2.86 MiB: no CPU copy at the sender, 1 at the receiver',
      'read + write977 KiB: 2 CPU copies at the sender, 1 at the receiver',
    ]);
  });
});

describe('a file that is not taken', () => {
  const good = ['splice-proxy', 'shared-pages', 'java-nio'].map(recorded).concat(JSON.stringify(inspectDocument()));

  test('of a hundred hostile ones each is refused in one sentence, and the page stays as it was', async () => {
    await visit('/labs/splice-proxy/', {}, async (page) => {
      await drop(page, [{ name: 'mine.json', text: mine('splice-proxy') }]);
      await page.locator('.zc-own-name').first().waitFor();
      const before = await shown(page);
      const files = hostileFiles(100, 20261121, good);
      for (const { how, text } of files) {
        await drop(page, [{ name: 'hostile.json', text }]);
        await settled(() => status(page).textContent(), how).toContain('1 file was not taken');
        expect(await page.locator('.zc-refused').allTextContents(), how).toEqual([
          expect.stringMatching(/^hostile\.json: Cannot .+[^.]\.$/),
        ]);
        expect(await shown(page), how).toBe(before);
        // A good file takes the sentence away, so that the next one is a new one.
        await drop(page, [{ name: 'mine.json', text: mine('splice-proxy') }]);
        await settled(() => page.locator('.zc-refused').count()).toBe(0);
      }
      expect(await page.title()).toContain('Zero Copy, Measured');
      expect(await page.evaluate(() => Object.keys(Object.prototype).length)).toBe(0);
    });
  }, 240_000);

  test('of 200 MB is not even opened', async () => {
    const file = join(home, 'large.json');
    writeFileSync(file, Buffer.alloc(200_000_000, 0x20));
    await visit('/sendfile/', {}, async (page) => {
      await input(page).setInputFiles(file);
      await settled(() => page.locator('.zc-refused').textContent()).toBe(
        'large.json: Cannot take a file of 191 MiB: expected at most 32 MiB, results are far smaller.',
      );
    });
  });

  test('has a name that stays text', async () => {
    await visit('/sendfile/', {}, async (page) => {
      await drop(page, [{ name: '<img src=x onerror=alert(1)>.json', text: '{}' }]);
      await page.locator('.zc-refused').waitFor();
      expect(await page.locator('.zc-refused img').count()).toBe(0);
    });
  });
});

test('files are chosen and forgotten by keyboard alone', async () => {
  await visit('/labs/splice-proxy/', {}, async (page) => {
    await input(page).focus();
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Space');
    await (await chooser).setFiles([upload('mine.json', mine('splice-proxy'))]);
    await settled(() => status(page).textContent()).toContain('1 result');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Forget my results');
    await page.keyboard.press('Enter');
    await settled(() => status(page).textContent()).toMatch(/^Forgotten/);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  });
});

test('without script nothing of it is there', async () => {
  await visit('/labs/file-to-socket/', { javaScriptEnabled: false }, async (page) => {
    expect(await page.locator('zc-own-results:visible, [data-own]:visible').count()).toBe(0);
  });
});

describe('the calculator', () => {
  const path = '/kafka/does-it-matter/';
  const said = (page: Page) => page.locator('zc-calculator output');

  test('reckons by keyboard, meets each limit, and says what it cannot take', async () => {
    await visit(path, {}, async (page) => {
      await page.getByLabel('Network, gigabit a second').focus();
      const type = async (text: string) => {
        await page.keyboard.press('ControlOrMeta+a');
        await page.keyboard.type(text);
      };
      await type('1');
      expect(await said(page).textContent()).toMatch(/^The network is full first, at 119 MiB\/s/);
      await type('100000');
      expect(await said(page).textContent()).toMatch(/^The processors are the limit either way/);
      await type('0');
      expect(await said(page).textContent()).toBe('Each field takes a number above 0.');
    });
  });

  test("takes the costs of the reader's machine, and ours again when it is forgotten", async () => {
    await visit(path, {}, async (page) => {
      expect(await said(page).textContent()).toContain('With what sending costs on reference-vm');
      await drop(page, [{ name: 'mine.json', text: mine('file-size') }]);
      await settled(() => said(page).textContent()).toContain('With what sending costs on my-laptop');
      await page.getByRole('button', { name: 'Forget my results' }).click();
      await settled(() => said(page).textContent()).toContain('With what sending costs on reference-vm');
    });
  });

  test('without script shows three networks, reckoned', async () => {
    await visit(path, { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('zc-calculator form:visible').count()).toBe(0);
      expect(await page.locator('zc-calculator dd:visible').count()).toBe(3);
    });
  });

  const cases = themes.flatMap((theme) => sizes.map((width) => [theme, width] as const));
  test.each(cases)('has nothing for axe to find: %s, %i px', async (colorScheme, width) => {
    await visit(path, { colorScheme, viewport: { width, height: 800 } }, async (page) => {
      expect(await violations(page)).toEqual([]);
      await drop(page, [{ name: 'mine.json', text: mine('file-size') }]);
      await settled(() => said(page).textContent()).toContain('my-laptop');
      expect(await violations(page)).toEqual([]);
      await page.getByLabel('Network, gigabit a second').fill('0');
      expect(await violations(page)).toEqual([]);
    });
  });
});

describe('axe finds nothing', () => {
  const states = ['initial', 'results', 'program', 'error'] as const;
  const cases = states.flatMap((state) =>
    themes.flatMap((theme) => sizes.map((width) => [state, theme, width] as const)),
  );
  test.each(cases)('%s, %s, %i px', async (state, colorScheme, width) => {
    await visit('/labs/file-to-socket/', { colorScheme, viewport: { width, height: 800 } }, async (page) => {
      if (state === 'results') await drop(page, [{ name: 'a.json', text: mine('file-to-socket') }]);
      if (state === 'program') await drop(page, [{ name: 'b.json', text: JSON.stringify(inspectDocument()) }]);
      if (state === 'error') await drop(page, [{ name: 'c.json', text: '{"a":"<script>"}' }]);
      if (state !== 'initial') await settled(() => status(page).textContent()).not.toBe('');
      await page.evaluate(() => {
        for (const details of document.querySelectorAll<HTMLDetailsElement>('[data-own] details')) details.open = true;
      });
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });
});

test('./zc serve gives its results to its pages, and the token does not stay in the address', async () => {
  const resultsFolder = join(home, 'results');
  const { mkdirSync } = await import('node:fs');
  mkdirSync(join(resultsFolder, 'splice-proxy'), { recursive: true });
  writeFileSync(join(resultsFolder, 'splice-proxy', '20261121T100000Z-my-laptop-1a2b.json'), mine('splice-proxy'));
  const local = await serveLocally({ dist: inject('dist'), port: 0, resultsFolder });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const refused: string[] = [];
    page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
    await page.goto(local.url, { waitUntil: 'networkidle' });
    await settled(() => status(page).textContent()).toBe('Shown beside ours: 1 result.');
    expect(page.url()).not.toContain('token');
    await page.goto(`http://127.0.0.1:${local.port}/labs/splice-proxy/`);
    await page.locator('.zc-own-name').first().waitFor();
    await page.getByRole('button', { name: 'Forget my results' }).click();
    await page.reload({ waitUntil: 'networkidle' });
    expect(await page.locator('[data-own]:visible').count()).toBe(0);
    expect(refused).toEqual([]);
  } finally {
    await context.close();
    await local.close();
  }
});
