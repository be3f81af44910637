import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { bootArchive, quoted, runArchive } from '#guest/initramfs.ts';

describe('runArchive()', () => {
  const archive = runArchive(process.cwd(), { words: ['echo', "it's"], env: { A: 'b c' } }).toString('latin1');

  test('holds the program, the labs and the command', () => {
    for (const name of [
      'project/zc',
      'project/src/cli/main.ts',
      'project/labs/shared-pages.ts',
      'session/session.sh',
    ]) {
      expect(archive).toContain(`${name}\0`);
    }
    expect(archive).toContain("export A='b c'\n");
    expect(archive).toContain("exec 'echo' 'it'\\''s'\n");
  });

  test('leaves out pages and recorded results', () => {
    expect(archive).not.toContain('project/src/site/');
    expect(archive).not.toContain('project/labs/results/');
  });
});

test('bootArchive() names the modules in the order of loading', () => {
  const modules = ['b', 'a'].map((name) => ({ name, data: Buffer.from(`module ${name}`) }));
  const archive = bootArchive(process.execPath, modules).toString('latin1');
  expect(archive).toContain('b\na\n');
  expect(archive.indexOf('modules/b.ko\0')).toBeGreaterThan(0);
});

describe('quoted()', () => {
  test.each(['', 'a b', "it's", '$HOME `id` "x"', 'two\nlines', '\\'])('brings %j through a shell', (word) => {
    expect(execFileSync('/bin/sh', ['-c', `printf %s ${quoted(word)}`], { encoding: 'utf8' })).toBe(word);
  });
});
