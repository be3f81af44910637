import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf, runVitest } from './vitest.ts';

// A small project of its own, with tests that pass, fail, cannot be loaded and throw too late.
let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'zero-copy runner-'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  write('package.json', '{ "type": "module" }');
  write('vitest.config.mjs', "export default { cacheDir: '.vite', test: { fsModuleCache: false, name: 'base' } };");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, ...lines: string[]): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), lines.join('\n'));
}

const run = (files: readonly string[] = []) => runVitest({ root, projects: ['base'], files, output: 'ignore' });
const head = "import { expect, it } from 'vitest';";

describe('runVitest()', () => {
  it('counts what passed, failed and was skipped', async () => {
    write('a.test.ts', head, "it('good', () => expect(1).toBe(1));", "it('bad', () => expect(1).toBe(2));");
    write('b.test.ts', head, "it.skip('later', () => {});", "it.todo('some day');", "it('good', () => {});");
    expect(await run()).toEqual({ passed: 2, failed: 1, skipped: 2, troubles: [] });
  });

  it('runs only the files that are named', async () => {
    write('a.test.ts', head, "it('bad', () => expect(1).toBe(2));");
    write('b.test.ts', head, "it('good', () => {});");
    expect(await run(['b.test.ts'])).toMatchObject({ passed: 1, failed: 0 });
  });

  it('counts a file that cannot be loaded as failed', async () => {
    write('a.test.ts', head, "import './nowhere.ts';", "it('never', () => {});");
    write('b.test.ts', head, "it('good', () => {});");
    const outcome = await run();
    expect(outcome).toMatchObject({ passed: 1, failed: 1 });
    expect(outcome.troubles[0]).toMatch(/a\.test\.ts: .*nowhere\.ts/);
  });

  it('counts an error outside of every test as failed', async () => {
    write(
      'a.test.ts',
      head,
      "it('good', async () => {",
      "  setTimeout(() => { throw new Error('too late'); }, 1);",
      '  await new Promise((resolve) => setTimeout(resolve, 50));',
      '});',
    );
    expect(await run()).toMatchObject({
      failed: 1,
      troubles: ['vitest ended with 1, though no test failed: see above'],
    });
  });

  it('fails when there is no test', async () => {
    expect(await run()).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('outcomeOf()', () => {
  it('fails when vitest left no report', () => {
    expect(outcomeOf(null, 'SIGKILL')).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
      troubles: ['vitest ended with SIGKILL and left no report'],
    });
  });
});
