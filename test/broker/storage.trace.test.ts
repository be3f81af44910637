import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Log } from '../../src/broker/storage/log.ts';
import type { LogOptions } from '../../src/broker/storage/log-options.ts';
import { acknowledged, expectWhole } from './storage/whole.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'zc-storage-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const options: LogOptions = { segmentBytes: 2000, segmentIndexBytes: 1024, indexIntervalBytes: 200 };
const SEED = 5;

/** Runs appender.ts under strace. @param inject what strace(1) does to its calls @returns what it said, and its calls */
function append(batches: number, settings: LogOptions, trace: string, inject: readonly string[] = [], waitMs = 0) {
  const calls = join(root, 'calls');
  const program = join(import.meta.dirname, 'storage/appender.ts');
  const args = [program, join(root, 'log'), String(SEED), JSON.stringify(settings), String(batches), String(waitMs)];
  // -y names the file behind each descriptor.
  const strace = ['-f', '-qq', '-y', '-o', calls, '-e', `trace=${trace}`, ...inject.flatMap((one) => ['-e', one])];
  const { stdout, signal } = spawnSync('strace', [...strace, process.execPath, ...args], { encoding: 'utf8' });
  return { said: stdout, calls: readFileSync(calls, 'utf8'), signal };
}

/** How often a call was made on a file with this end of its name. */
function count(calls: string, call: string, end: string): number {
  return calls.split('\n').filter((line) => line.includes(` ${call}(`) && line.includes(`${end}>`)).length;
}

describe('a writer that is killed', () => {
  // The log is opened with the first calls; each roll syncs four files and cuts and grows two indexes.
  const moments = ['fsync', 'ftruncate'].flatMap((call) => [3, 4, 5, 6, 7, 8, 9].map((when) => ({ call, when })));

  test.each(moments)('at its call $when of $call has what it acknowledged', ({ call, when }) => {
    const { said, signal } = append(40, options, call, [`inject=${call}:signal=KILL:when=${when}`]);
    expect(signal).toBe('SIGKILL');
    using log = Log.open(join(root, 'log'), options);
    expect(log.endOffset).toBeGreaterThan(acknowledged(said));
    expectWhole(log, SEED);
  });
});

describe('a disk that fails', () => {
  test.each(['pwrite64', 'fallocate'])('at %s loses nothing, and the log goes on when there is room again', (call) => {
    const { said } = append(20, options, call, [`inject=${call}:error=ENOSPC:when=3+4`]);
    expect(said).toContain(`Cannot ${call === 'pwrite64' ? 'append to' : ''}`);
    expect(said).toContain('ENOSPC, no space left on device');
    using log = Log.open(join(root, 'log'), options, 'nothing');
    expect(log.endOffset).toBe(acknowledged(said) + 1n);
    expectWhole(log, SEED);
  });

  test('at fsync takes no more: nobody knows what is on it', () => {
    const { said } = append(20, options, 'fsync', ['inject=fsync:error=EIO:when=2']);
    const errors = said.split('\n').filter((line) => line.startsWith('Cannot'));
    expect(errors).toHaveLength(3);
    for (const error of errors) expect(error).toMatch(/^Cannot sync the log in '.*': Cannot fsync: EIO/);
    using log = Log.open(join(root, 'log'), options);
    expectWhole(log, SEED);
    expect(log.endOffset).toBeGreaterThan(acknowledged(said));
  });
});

describe('fsync', () => {
  test('comes when a segment is rolled and at the end, not for every append', () => {
    const { calls } = append(40, { ...options, segmentBytes: 8000 }, 'fsync,pwrite64');
    expect(count(calls, 'pwrite64', '.log')).toBe(40);
    const segments = new Set(calls.match(/\d{20}\.log/g));
    expect(segments.size).toBeGreaterThan(2);
    expect(count(calls, 'fsync', '.log')).toBe(segments.size);
    expect(count(calls, 'fsync', '.index')).toBe(segments.size);
  });

  test('comes by count when asked', () => {
    const { calls, said } = append(40, { flushMessages: 1 }, 'fsync,pwrite64');
    expect(acknowledged(said)).toBeGreaterThan(0n);
    expect(count(calls, 'fsync', '.log')).toBe(41);
    expect(calls.indexOf('fsync(', calls.indexOf('pwrite64('))).toBeLessThan(calls.lastIndexOf('pwrite64('));
  });

  test('comes by time when asked, once for what was appended meanwhile', () => {
    const { calls } = append(5, { flushMs: 20 }, 'fsync,pwrite64', [], 300);
    expect(count(calls, 'fsync', '.log')).toBe(2);
  });
});
