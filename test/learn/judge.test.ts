/** Programs that misbehave are findings, and the check outlives them. None of these gets as far as the trace. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { withBench } from '#learn/bench.ts';
import type { SendTask } from '#learn/exercise.ts';
import { judge } from '#learn/judge.ts';
import type { Judgement } from '#model/finding.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-judge-'));
afterAll(() => rmSync(folder, { recursive: true }));

const task: SendTask = {
  kind: 'send',
  function: 'send',
  cases: [{ bytes: 50_001 }],
  constantMemory: false,
  mechanism: { ways: [['sendfile']], sharesPages: true },
};

let number = 0;

async function judged(code: string, more: Partial<SendTask> = {}): Promise<Judgement> {
  const file = join(folder, `${++number}.ts`);
  writeFileSync(file, code);
  return await withBench((bench) => judge(file, { ...task, ...more }, bench));
}

const loop = `
  using file = open(path);
  using cell = new OffsetCell();
  for (;;) {
    const sent = sendfile(socket, file.fd, cell, 1 << 30);
    if (sent === 0) break;
    if (sent < 0 && sent !== -EINTR) throw new Error('sendfile ' + sent);
  }`;
const program = (body: string, head = '') => `
  import { EINTR, Mapping, OffsetCell, close, open, openPipe, sendfile, write } from '#libc';
  ${head}
  export function send(socket: number, path: string) {${body}}`;

describe('judge()', () => {
  test.each([
    ['cannot-load', 'export function send( {'],
    ['cannot-load', "import { nothing } from '#libc'; export const send = nothing;"],
    ['no-export', 'export const other = 1;'],
    ['threw', program("throw new TypeError('no')")],
    ['exited', program('process.exit(0)')],
    ['signal', program("process.kill(process.pid, 'SIGSEGV'); for (;;);")],
    ['hang', program('for (;;);')],
    ['hang', program('return new Promise((done) => setTimeout(done, 1e6))')],
    ['bytes-missing', program('')],
    ['bytes-extra', program(`${loop} write(socket, Mapping.anonymous(10).address, 10);`)],
    ['bytes-differ', program('using m = Mapping.anonymous(50_001); write(socket, m.address, 50_001)')],
    ['descriptors-left', program(`${loop} open(path)`)],
    ['descriptors-left', program(`${loop} openPipe(4096)`)],
    ['mappings-left', program(`${loop} using f = open(path); Mapping.ofFile(f.fd, 0, 4096)`)],
  ])('finds %s', async (code, text) => {
    const judgement = await judged(text);
    expect(judgement.state === 'failed' && judgement.findings.map((one) => one.code)).toEqual([code]);
  });

  test('says what cannot be found, and not where the copy of the file lies', async () => {
    const judgement = await judged("import { sendFile } from '#nowhere'; export const send = sendFile;");
    const message = 'Package import specifier "#nowhere" is not defined';
    expect(judgement).toMatchObject({ findings: [{ code: 'cannot-load', args: { message } }] });
  });

  test('finds a program that does not tell that the receiver has left', async () => {
    const text = program(`using file = open(path);
      using cell = new OffsetCell();
      while (sendfile(socket, file.fd, cell, 1 << 30) > 0);`);
    const leaving = [{ bytes: 33_554_432, receiver: 'leaves', sendBuffer: 65_536 }] as const;
    expect(await judged(text, { cases: leaving })).toMatchObject({ findings: [{ code: 'no-error' }] });
  });

  test('does not believe in a loop whose calls it cannot make to fall short', async () => {
    const text = `import { readFileSync, writeSync } from 'node:fs';
      export function send(socket: number, path: string) {
        const all = readFileSync(path);
        for (let at = 0; at < all.length; ) at += writeSync(socket, all, at);
      }`;
    for (const faults of ['short', 'interrupted'] as const)
      expect(await judged(text, { cases: [{ bytes: 50_001, faults }] })).toMatchObject({
        findings: [{ code: 'faults-not-met' }],
      });
  });

  test('ends a program that takes all memory', async () => {
    const greedy = 'const all = []; for (;;) { const m = Mapping.anonymous(2 ** 24); m.view().fill(1); all.push(m); }';
    expect(await judged(program(greedy))).toMatchObject({ findings: [{ code: 'too-much-memory' }] });
  });

  test('ends a storm of processes, and leaves none of them', async () => {
    const storm =
      "const go = () => { spawn('sleep', ['1234567']).on('spawn', go); spawn('sleep', ['1234567']); }; go(); return new Promise(() => {})";
    const judgement = await judged(program(storm, "import { spawn } from 'node:child_process';"));
    expect(judgement).toMatchObject({ findings: [{ code: 'too-many-processes' }] });
    await expect.poll(() => running('1234567')).toEqual([]);
  });

  test('finds a process that is left, and ends it', async () => {
    const text = program(
      `spawn('sleep', ['7654321'], { detached: true, stdio: 'ignore' }).unref(); ${loop}
      return new Promise((done) => setTimeout(done, 300))`,
      "import { spawn } from 'node:child_process';",
    );
    expect(await judged(text)).toMatchObject({ findings: [{ code: 'processes-left', args: { count: 1 } }] });
    await expect.poll(() => running('7654321')).toEqual([]);
  });

  test('finds that an end by an error leaves a file open', async () => {
    const text = program(`const file = open(path);
      using cell = new OffsetCell();
      for (;;) {
        const sent = sendfile(socket, file.fd, cell, 1 << 30);
        if (sent === 0) { close(file.fd); return; }
        if (sent < 0 && sent !== -EINTR) throw new Error('sendfile ' + sent);
      }`);
    const leaving = [{ bytes: 33_554_432, receiver: 'leaves', sendBuffer: 65_536 }] as const;
    expect(await judged(text, { cases: leaving })).toMatchObject({ findings: [{ code: 'descriptors-left' }] });
  });
});

/** Processes that were started with this word. */
function running(word: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`sleep\0${word}`);
    } catch {
      return false;
    }
  });
}
