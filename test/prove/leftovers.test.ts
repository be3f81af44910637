import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flock, LOCK_EX, O_CREAT, O_RDWR, open } from '#libc';
import { proofResult } from '../fixtures/results.ts';
import { leftovers, leftProcesses, look, type Sighting, type Traces } from './leftovers.ts';
import { commandOf } from './proc.ts';

const nothing: Sighting = { processes: [], sockets: [], files: [] };
const started: ChildProcess[] = [];
let place = '';
let traces: Traces;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'zc leftovers '));
  const at = (name: string) => join(place, name);
  traces = {
    marker: 'ZC_PROVE_MARKER=test',
    work: at('work'),
    temporary: at('tmp'),
    state: at('state'),
    lock: at('lock'),
    cache: at('cache'),
  };
  traces = { ...traces, marker: `ZC_PROVE_MARKER=${place.replaceAll(/\W/g, '')}` };
  for (const folder of [traces.work, traces.temporary, traces.state]) mkdirSync(folder);
});

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(place, { recursive: true });
});

/**
 * A process that says a line when it is ready; with the run's marker or without. A shell says it before it has become the
 * other program: `turnsInto` waits for that.
 */
async function start(command: string, args: readonly string[], marked: boolean): Promise<number> {
  const [name = '', value] = traces.marker.split('=');
  const env = marked ? { ...process.env, [name]: value } : process.env;
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  await once(child.stdout, 'data');
  return child.pid as number;
}

/** Waits until the process, which was a shell, runs this command. */
async function turnsInto(pid: number, command: string): Promise<void> {
  await expect.poll(() => commandOf({ pid, parent: 0, started: 0 })).toBe(command);
}

const sleeping = ['-c', 'echo ready; exec sleep 60'];

describe('leftovers()', () => {
  it('finds nothing where nothing is left', () => {
    expect(leftovers(traces, nothing)).toEqual([]);
    rmSync(traces.work, { recursive: true });
    expect(leftovers(traces, nothing)).toEqual([]);
  });

  it('finds a folder of a run in the cache, and not what is kept there', () => {
    const kept = join(traces.cache, 'guest/kernel-6.12');
    mkdirSync(kept, { recursive: true });
    expect(leftovers(traces, nothing)).toEqual([]);
    const left = join(traces.cache, 'guest/run-7-ab');
    mkdirSync(left);
    expect(leftovers(traces, nothing)).toEqual([`a folder of the run is left in the cache: ${left}`]);
  });

  it('finds a process by its marker', async () => {
    const pid = await start('sh', sleeping, true);
    await turnsInto(pid, 'sleep 60');
    expect(leftovers(traces, nothing)).toEqual([`process ${pid} is alive: sleep 60`]);
  });

  it('finds a process that was seen as a descendant, though it has no marker', async () => {
    const root = await start('sh', ['-c', 'sleep 60 & echo ready; exec sleep 61'], false);
    await turnsInto(root, 'sleep 61');
    const seen = look(traces, root);
    expect(seen.processes).toHaveLength(2);
    for (const { pid } of seen.processes.filter(({ pid }) => pid !== root)) await turnsInto(pid, 'sleep 60');
    const left = leftovers(traces, seen);
    expect(left).toEqual(
      expect.arrayContaining([`process ${root} is alive: sleep 61`, expect.stringMatching(/: sleep 60$/)]),
    );
    for (const { pid } of leftProcesses(traces, seen)) process.kill(pid, 'SIGKILL');
  });

  it('does not take another process with the number of one that has ended for it', async () => {
    const pid = await start('sh', sleeping, false);
    const earlier = { processes: [{ pid, parent: 1, started: 1 }], sockets: [], files: [] };
    expect(leftovers(traces, earlier)).toEqual([]);
  });

  it('does not count a zombie', async () => {
    // The background process ends when it can, and the program that took its parent's place never asks for it.
    const pid = await start('sh', ['-c', 'true & echo ready; exec sleep 60'], true);
    await turnsInto(pid, 'sleep 60');
    await expect.poll(() => leftProcesses(traces, nothing).map((one) => one.pid)).toEqual([pid]);
  });

  it.each([
    [
      'listens',
      "net.createServer().listen(0, '127.0.0.1', () => console.log('ready'))",
      /^a socket is open: tcp \d+ → 0/,
    ],
    [
      'is connected',
      "const s = net.createServer((c) => console.log('ready')).listen(0, '127.0.0.1', () => net.connect(s.address().port))",
      /^a socket is open: tcp \d+ → [1-9]\d*, state 01/,
    ],
    [
      'has a path',
      `net.createServer().listen(process.argv[1], () => console.log('ready'))`,
      /^a socket is open: .*socket$/,
    ],
  ])('finds a socket that %s', async (_, program, sentence) => {
    const pid = await start(process.execPath, ['-e', program, join(place, 'socket')], false);
    expect(leftovers(traces, look(traces, pid))).toEqual(expect.arrayContaining([expect.stringMatching(sentence)]));
  });

  it("finds an abstract socket by the name of one of the run's processes", async () => {
    const server = createServer().listen('\0zero-copy-measured-4194000-abc');
    await once(server, 'listening');
    const seen = { processes: [{ pid: 4_194_000, parent: 1, started: 1 }], sockets: [], files: [] };
    expect(leftovers(traces, seen)).toEqual([
      expect.stringMatching(/^a socket is open: @zero-copy-measured-4194000-abc/),
    ]);
    server.close();
    await once(server, 'close');
    expect(leftovers(traces, seen)).toEqual([]);
  });

  it('finds files and folders in the work folder and the folder for temporary files', () => {
    mkdirSync(join(traces.work, 'run-1-abc'));
    writeFileSync(join(traces.work, 'run-1-abc/source.bin'), 'x');
    writeFileSync(join(traces.temporary, 'half'), 'x');
    expect(leftovers(traces, nothing)).toEqual(
      ['work/run-1-abc', 'work/run-1-abc/source.bin', 'tmp/half'].map((path) => `a file is left: ${join(place, path)}`),
    );
  });

  it('finds half a result, and accepts a whole one', () => {
    const results = join(traces.state, 'results');
    mkdirSync(join(results, 'run-1-abc'), { recursive: true });
    const text = JSON.stringify(proofResult());
    writeFileSync(join(results, 'whole.json'), text);
    writeFileSync(join(results, 'half.json'), text.slice(0, 999));
    writeFileSync(join(results, 'whole.json.1.part'), text);
    expect(leftovers(traces, nothing).sort()).toEqual(
      ['half.json', 'run-1-abc', 'whole.json.1.part'].map((name) => `no whole result: ${join(results, name)}`),
    );
  });

  it('finds a lock that is held, and accepts one that is free', () => {
    const held = open(traces.lock, O_RDWR | O_CREAT);
    flock(held.fd, LOCK_EX);
    expect(leftovers(traces, nothing)).toEqual([`the lock is held: ${traces.lock}`]);
    held[Symbol.dispose]();
    expect(leftovers(traces, nothing)).toEqual([]);
  });
});

describe('look()', () => {
  it('sees the processes, sockets and files of a run', async () => {
    writeFileSync(join(traces.work, 'source.bin'), 'x');
    const marked = await start('sh', sleeping, true);
    const root = await start(
      process.execPath,
      ['-e', "net.createServer().listen(0, () => console.log('ready'))"],
      false,
    );
    const seen = look(traces, root);
    expect(seen.processes.map(({ pid }) => pid).sort()).toEqual([marked, root].sort());
    expect(seen.sockets.some(({ ports }) => (ports[0] ?? 0) > 0)).toBe(true);
    expect(seen.files).toEqual([join(traces.work, 'source.bin')]);
  });
});
