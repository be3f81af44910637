import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { probe } from '#machine/probe.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-probe-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a program says what it is', () => {
  expect(probe('/bin/sh', ['-c', 'echo out; echo err >&2; exit 3'])).toMatchObject({
    stdout: 'out\n',
    stderr: 'err\n',
    status: 3,
  });
  expect(probe(join(folder, 'none'), []).error).toMatchObject({ code: 'ENOENT' });
});

test('one that Ctrl-C ended is asked once more', () => {
  const seen = join(folder, 'seen');
  const program = `if [ -e "${seen}" ]; then echo version; else : > "${seen}"; kill -INT $$; fi`;
  expect(probe('/bin/sh', ['-c', program])).toMatchObject({ stdout: 'version\n', signal: null, status: 0 });
});

test('one that ends by a signal every time is not asked for ever, nor one that does not end', () => {
  expect(probe('/bin/sh', ['-c', 'kill -INT $$'])).toMatchObject({ signal: 'SIGINT' });
  expect(probe('/bin/sh', ['-c', 'exec sleep 60'], 50).error).toMatchObject({ code: 'ETIMEDOUT' });
});
