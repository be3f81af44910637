/** The path models against the kernel's own account: the calls that strace sees, their number, and the bytes they moved. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { paths } from '#model/paths/index.ts';

const CHUNK = 16_384;
const BYTES = 10 * CHUNK + 100;
const folder = mkdtempSync(join(tmpdir(), 'zc-trace-'));
const file = join(folder, 'source.bin');
writeFileSync(file, Buffer.alloc(BYTES, 'x'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = fileURLToPath(new URL('./send-once.ts', import.meta.url));

interface Traced {
  readonly name: string;
  readonly result: number;
}

/** Runs the program under strace and returns the calls that took from the file, the pipe or the mapping into the socket. */
function trace(technique: string, ...inject: string[]): Traced[] {
  const log = join(folder, `${technique}.log`);
  const options = [
    '-f',
    '-yy',
    '-s0',
    '-o',
    log,
    '-e',
    'trace=pread64,write,sendfile,splice,mmap,munmap,pipe2',
    ...inject,
  ];
  execFileSync('strace', [...options, process.execPath, program, technique, file, String(CHUNK)], {
    stdio: 'pipe',
    timeout: 50_000,
  });
  return joinUnfinished(readFileSync(log, 'utf8').split('\n')).flatMap((line) => {
    const [, name, args = '', result] = /^(\w+)\((.*)\)\s+= (-?\w+)/.exec(line) ?? [];
    const payload =
      args.includes(file) || /^\d+<UNIX-STREAM/.test(args) || (name === 'splice' && args.includes('UNIX-STREAM'));
    return name && payload ? [{ name: name === 'pread64' ? 'pread' : name, result: Number(result) }] : [];
  });
}

/** A call that another thread's line interrupts is printed in two halves, under one thread number. */
function joinUnfinished(lines: string[]): string[] {
  const open = new Map<string, string>();
  return lines.flatMap((line) => {
    const [, thread = '', text = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (text.includes('<unfinished ...>')) {
      open.set(thread, text.replace(/ *<unfinished \.\.\.>/, ''));
      return [];
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text);
    return [resumed ? `${open.get(thread) ?? ''}${resumed[1]}` : text];
  });
}

function tally(calls: readonly Traced[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name } of calls) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

describe.each(paths)('$technique', (path) => {
  test('makes the calls of its path model, and they carry every byte', () => {
    const calls = trace(path.technique).filter(({ name }) => !['mmap', 'munmap', 'pipe2'].includes(name));
    expect(tally(calls)).toEqual(path.calls(BYTES, CHUNK));
    for (const name of Object.keys(path.calls(BYTES, CHUNK))) {
      const moved = calls.filter((call) => call.name === name).reduce((sum, { result }) => sum + result, 0);
      // splice carries each byte twice: into the pipe and out of it.
      expect({ name, moved }).toEqual({ name, moved: name === 'splice' ? 2 * BYTES : BYTES });
    }
  });

  test('moves the file whole when the kernel answers EINTR to every third call', () => {
    const [last] = Object.keys(path.calls(BYTES, CHUNK)).slice(-1) as [string];
    const calls = trace(path.technique, '-e', `inject=${last === 'pread' ? 'pread64' : last}:error=EINTR:when=3+3`);
    expect(calls.some(({ result }) => Number.isNaN(result) || result < 0)).toBe(true);
  });
});
