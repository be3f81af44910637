import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { Guard } from '#machine/guard.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc guard '));
afterAll(() => rmSync(folder, { recursive: true }));

/** Alive, and not a zombie that its parent has not reaped yet. */
function alive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100 && alive(pid); tries++) await wait(20);
  return !alive(pid);
}

test('Guard.release() ends watched processes with their groups, and removes the run folder', async () => {
  const guard = new Guard();
  const child = spawn('/bin/sh', ['-c', 'sleep 100 & echo $!; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(child.stdout, 'data');
  const grandchild = Number(String(line));
  guard.watchProcess(child.pid as number);
  const run = join(folder, 'run-1 with a space');
  mkdirSync(run);
  writeFileSync(join(run, 'file'), 'x');
  guard.watchFolder(run);
  await guard.release();
  expect(await gone(child.pid as number)).toBe(true);
  expect(await gone(grandchild)).toBe(true);
  expect(existsSync(run)).toBe(false);
});

test("Guard leaves alone what it was told to forget, and folders that are not a run's", async () => {
  const guard = new Guard();
  const child = spawn('sleep', ['100'], { detached: true, stdio: 'ignore' });
  guard.watchProcess(child.pid as number);
  guard.forget(child.pid as number);
  const precious = join(folder, 'precious');
  mkdirSync(precious);
  guard.watchFolder(precious);
  await guard.release();
  expect(alive(child.pid as number)).toBe(true);
  expect(existsSync(precious)).toBe(true);
  process.kill(child.pid as number, 'SIGKILL');
});

test('Guard ends a tracer with TERM and before the processes', async () => {
  const guard = new Guard();
  const log = join(folder, 'log');
  const program = `trap 'echo TERM >> "${log}"; exit' TERM; echo ready; while :; do sleep 0.02; done`;
  const tracer = spawn('/bin/sh', ['-c', program], { stdio: ['ignore', 'pipe', 'ignore'] });
  guard.watchTracer(tracer.pid as number);
  await once(tracer.stdout, 'data');
  await guard.release();
  expect(await gone(tracer.pid as number)).toBe(true);
  expect(readFileSync(log, 'utf8')).toBe('TERM\n');
});

test('Guard kills a tracer that does not hear TERM, with what it started', async () => {
  const guard = new Guard();
  const program = `trap '' TERM; sleep 60 & echo $!; while :; do sleep 0.02; done`;
  const tracer = spawn('/bin/sh', ['-c', program], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  guard.watchTracer(tracer.pid as number);
  const [said] = await once(tracer.stdout, 'data');
  await guard.release();
  expect(await gone(tracer.pid as number)).toBe(true);
  expect(await gone(Number(said))).toBe(true);
});

test('Guard removes a control group of the run, and no other', async () => {
  const [own, other] = [join(folder, 'run-2-group'), join(folder, 'group of somebody')];
  for (const path of [own, other]) mkdirSync(path);
  const guard = new Guard();
  for (const path of [own, other]) guard.watchGroup(path);
  await guard.release();
  expect([existsSync(own), existsSync(other)]).toEqual([false, true]);
});

test('Guard refuses a folder whose path would break its line protocol', async () => {
  const guard = new Guard();
  expect(() => guard.watchFolder('/tmp/run-a\nprocess 1')).toThrow(RangeError);
  await guard.release();
});
