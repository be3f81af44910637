/** npm run results, as the workflow for contributed results calls it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'zc-results-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(...files: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/check-results.ts', ...files], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** A file of the folder of a machine. */
function place(machine: string, lab: string, text?: string): string {
  mkdirSync(join(folder, machine), { recursive: true });
  const file = join(folder, machine, `${lab}.json`);
  if (text === undefined) cpSync(`labs/results/reference-vm/${lab}.json`, file);
  else writeFileSync(file, text);
  return file;
}

describe('npm run results', () => {
  test('accepts what is committed', () => {
    expect(check()).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/^\d+ results, all as they/),
    });
  });

  test('says in a sentence what is wrong with each file, and goes on', () => {
    const [other, broken, hostile] = [
      place('other', 'shared-pages'),
      place('reference-vm', 'latency', '{"schemaVersion": 1'),
      place('reference-vm', 'wire', '{"__proto__": {"kind": "time"}, "kind": "<script>"}'),
    ];
    const { status, stdout, stderr } = check(other, broken, hostile);
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/other\/shared-pages\.json: it names the machine 'reference-vm'.*\.$/),
      expect.stringMatching(/latency\.json: Cannot read result .* it is not complete JSON .*\.$/),
      expect.stringMatching(/wire\.json: Cannot read result .*\.$/),
    ]);
    expect(stdout).toBe('3 results, 3 problems.\n');
  });

  test('refuses a path that no result can have', () => {
    expect(check('package')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^zc: Expected results as/) });
  });
});
