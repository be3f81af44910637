import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryTree } from './house/temporary-tree.ts';

interface Surroundings {
  /** Programs that are there besides Node. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly ci?: string;
}

/** Runs the runner where no program of the system is, but those that a case brings. */
function run(args: readonly string[], { programs = {}, ci = '' }: Surroundings = {}) {
  using tree = temporaryTree(Object.fromEntries(Object.entries(programs).map(([name, text]) => [`bin/${name}`, text])));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/run.ts', ...args], {
    encoding: 'utf8',
    env: { HOME: process.env.HOME, PATH: join(tree.root, 'bin'), CI: ci },
  });
  return { status, stdout, stderr, lines: stdout.trimEnd().split('\n') };
}

const noTrace = 'left out: trace: strace is not installed; apt-get install -y strace would add it';
const noBrowser = 'left out: browser: Chromium is not installed; apt-get install -y chromium would add it';

describe('npm test', () => {
  it('ends with one line, after the tiers it left out', () => {
    const { status, lines } = run(['--tier', 'base', '--tier', 'trace', '--tier', 'browser', 'runner/summary']);
    expect(lines.slice(-3)).toEqual([noTrace, noBrowser, expect.stringMatching(/^[1-9]\d* passed, 0 failed$/)]);
    expect(status).toBe(0);
  });

  it('fails with CI set when a tier is left out, and says the same', () => {
    const { status, lines } = run(['--tier', 'base', '--tier', 'trace', 'runner/summary'], { ci: 'true' });
    expect(lines.slice(-2)).toEqual([noTrace, expect.stringMatching(/^[1-9]\d* passed, 0 failed$/)]);
    expect(status).toBe(1);
  });

  it('runs a tier whose program works', () => {
    const programs = { strace: '#!/bin/sh\nexit 0\n' };
    const { stdout } = run(['--tier', 'base', '--tier', 'trace', 'runner/summary'], { programs });
    expect(stdout).not.toContain('left out');
  });

  it('fails when nothing could run', () => {
    const { status, lines } = run(['--tier', 'browser']);
    expect({ status, lines }).toEqual({ status: 1, lines: [noBrowser, '0 passed, 0 failed'] });
  });

  it.each([
    [
      ['--tier', 'bases'],
      "There is no tier 'bases': there are base, alone, site, trace, browser, guest, systems, install\n",
    ],
    [['nothing-like-it'], "No test file has 'nothing-like-it' in its name: they lie under test/\n"],
  ])('refuses %j in one sentence', (args, sentence) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: sentence });
  });

  it('says what to do without the packages for development', () => {
    using tree = temporaryTree({});
    symlinkSync(join(process.cwd(), 'test'), join(tree.root, 'test'));
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--preserve-symlinks-main', '--preserve-symlinks', 'test/run.ts'],
      {
        cwd: tree.root,
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe(
      "The tests need the packages for development, which are not installed: run 'npm ci' without --omit\n",
    );
    expect(status).toBe(3);
  });
});
