import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderComparison } from '#cli/report/compare.ts';
import { answerDifferences, environmentDifferences } from '#model/compare/index.ts';
import type { LabResult } from '#model/result.ts';
import { timeEntry, timeResult } from '../fixtures/results.ts';
import { place, zc } from './zc.ts';

const plain = { verbose: false, colour: false, width: 80, unicode: true };
const one = timeResult({ links: ['tcp', 'unix'] });
const other = {
  ...timeResult({ links: ['tcp', 'unix'], seed: 2, costs: { sendfile: 0.8 } }),
  parameters: { receiver: 'discard' },
};

function compared(a: LabResult, b: LabResult) {
  return { a, b, entry: timeEntry, environment: environmentDifferences(a, b), answers: answerDifferences(a, b) };
}

test('renderComparison() leads with what differs, and says what else does', () => {
  expect(`\n${renderComparison(compared(one, other), plain).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    file-to-socket: 2 of 8 answers differ by more than the noise of either.
    A: test-vm, 2026-11-21 10:00 UTC
    B: test-vm, 2026-11-21 10:00 UTC

    total CPU,                A                 B
    against the baseline      (95 % interval)   (95 % interval)
    sendfile, loopback TCP    0.58 (0.57–0.59)  0.79 (0.77–0.80)  differs
    sendfile, AF_UNIX         0.58 (0.57–0.59)  0.80 (0.79–0.81)  differs
    mmap + write, loopback …  0.97 (0.95–0.99)  0.97 (0.96–0.98)  within the noise
    splice, loopback TCP      0.60 (0.59–0.61)  0.60 (0.58–0.61)  within the noise
    Node's stream, loopback…  1.60 (1.57–1.63)  1.58 (1.55–1.61)  within the noise
    mmap + write, AF_UNIX     0.97 (0.95–0.98)  0.97 (0.96–0.99)  within the noise
    splice, AF_UNIX           0.60 (0.59–0.60)  0.60 (0.59–0.62)  within the noise
    Node's stream, AF_UNIX    1.61 (1.58–1.64)  1.61 (1.57–1.64)  within the noise

    What else differs (A and B)
      parameters.receiver: copy and discard
    "
  `);
});

test('renderComparison() stays within 25 lines and 80 columns', () => {
  const many = ['tcp', 'unix', 'veth', 'tls13', 'tcp-100k'];
  const [a, b] = [timeResult({ links: many }), timeResult({ links: many, seed: 3 })];
  const lines = renderComparison(
    compared(a, { ...b, environment: { ...b.environment, libc: 'musl', node: '1', koffi: '1' } }),
    plain,
  );
  expect(lines.length).toBeLessThanOrEqual(25);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.join('\n')).toMatch(/\d+ more: --verbose/);
});

test('./zc compare holds two files and two folders against each other', async () => {
  using home = place();
  const [a, b] = ['a', 'b'].map((name) => join(home.folder, name)) as [string, string];
  for (const [folder, result] of [
    [a, one],
    [b, other],
  ] as const) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'file-to-socket.json'), JSON.stringify(result));
  }
  writeFileSync(join(a, 'alone.json'), JSON.stringify(one));
  const files = await zc(['compare', join(a, 'file-to-socket.json'), join(b, 'file-to-socket.json')], home);
  expect(files).toMatchObject({ code: 0, stderr: '' });
  expect(files.stdout).toMatch(/^file-to-socket: 2 of 8 answers differ/);
  const folders = await zc(['compare', a, b], home);
  expect(folders).toMatchObject({ code: 0, stderr: '' });
  expect(folders.stdout).toContain('Answers differ by more than the noise of either in 1 of 1 labs.');
  expect(folders.stdout).toContain('In one folder only: alone.');
  const json = JSON.parse((await zc(['compare', a, b, '--json'], home)).stdout);
  expect(json).toMatchObject({ schemaVersion: 1, alone: ['alone'], compared: [{ lab: 'file-to-socket' }] });
});

test.each([
  [['compare', 'labs/results/reference-vm'], "missing required argument 'b'"],
  [['compare', 'labs/results/reference-vm', 'package.json'], 'found one of each'],
  [['compare', 'labs', 'src'], 'Found no result of the same name'],
  [
    ['compare', 'labs/results/reference-vm/shared-pages.json', 'labs/results/reference-vm/file-to-socket.json'],
    'two labs',
  ],
  [['compare', 'package.json', 'package.json'], 'Cannot read result'],
])('./zc %s is refused in one sentence', async (args, says) => {
  using home = place();
  const { code, stdout, stderr } = await zc(args, home);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(says);
});
