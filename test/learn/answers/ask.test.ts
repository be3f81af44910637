/** Functions that misbehave are findings, and the questions outlive them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ask } from '#learn/answers/ask.ts';
import { askEndingFinding, askLeftFindings } from '#learn/answers/asked-findings.ts';
import { withBench } from '#learn/bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-ask-'));
afterAll(() => rmSync(folder, { recursive: true }));

let number = 0;

async function asked(code: string) {
  const module = join(folder, `${++number}.ts`);
  writeFileSync(module, code);
  const questions = [1, 2, 3].map((value) => ({ name: 'twice', args: [value] }));
  const paths = [module];
  const answers = await withBench((bench) => ask({ module, stage: 'plain', questions, paths }, bench));
  const about = [1, 2, 3].map((at) => ({ at }));
  const ending = askEndingFinding(answers, about);
  return {
    values: answers.answers.map(({ value }) => value),
    findings: [...(ending ? [ending] : []), ...askLeftFindings(answers, {})],
  };
}

const second = (what: string) => `export function twice(n: number) { if (n === 2) { ${what} } return 2 * n; }`;

describe('ask()', () => {
  test('brings the answers in their order, of promises too', async () => {
    expect(await asked('export const twice = async (n: number) => 2 * n;')).toEqual({
      values: [2, 4, 6],
      findings: [],
    });
    expect((await asked('export const twice = 7;')).values).toEqual([7, 7, 7]);
    expect((await asked('export function twice() {}')).values).toEqual([null, null, null]);
  });

  test.each([
    ['answer-threw', "throw new TypeError('no')", { at: 2, message: 'no (line 1)' }],
    ['answer-hangs', 'for (;;);', { at: 2 }],
    ['answer-ends', 'process.exit(3)', { at: 2, how: 'exit code 3' }],
    ['answer-ends', "process.kill(process.pid, 'SIGSEGV'); for (;;);", { at: 2, how: 'SIGSEGV' }],
  ])('finds %s at the question where it happens', async (code, text, args) => {
    expect(await asked(second(text))).toEqual({ values: [2], findings: [{ code, args }] });
  });

  test.each([
    ['cannot-load', 'export function twice( {'],
    ['no-export', 'export const other = 1;'],
    ['descriptors-left', `import { open } from '#libc'; export function twice(n: number) { open('/etc/passwd'); }`],
    [
      'mappings-left',
      `import { Mapping, open } from '#libc';
       export function twice() { using f = open(import.meta.filename); Mapping.ofFile(f.fd, 0, 10); }`,
    ],
  ])('finds %s', async (code, text) => {
    expect((await asked(text)).findings.map((one) => one.code)).toEqual([code]);
  });
});
