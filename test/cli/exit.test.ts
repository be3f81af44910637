import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ExitCode, exitCodeOf, Interrupted, UsageError } from '#cli/exit.ts';

test('what Node was stopped in ends with the signal that stopped it, and is no bug of ours', async () => {
  const stop = new AbortController();
  const child = spawn('sleep', ['10'], { signal: stop.signal });
  const broken = once(child, 'exit', { signal: stop.signal }).catch((error: unknown) => error);
  const failed = once(child, 'error');
  stop.abort(new Interrupted('SIGINT'));
  const errors = [
    await broken,
    (await failed)[0],
    await wait(1, null, { signal: stop.signal }).catch((error) => error),
  ];
  expect(errors.map((error) => error.name)).toEqual(['AbortError', 'AbortError', 'AbortError']);
  expect(errors.map(exitCodeOf)).toEqual([130, 130, 130]);
});

test('every expected error has its code, and any other is a bug', () => {
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  const aborted = Object.assign(new Error('aborted'), { name: 'AbortError' });
  const errors = [new UsageError('a'), full, new Interrupted('SIGTERM'), aborted, new TypeError('b'), 'c'];
  const { usage, broke, bug } = ExitCode;
  expect(errors.map(exitCodeOf)).toEqual([usage, broke, 143, bug, bug, bug]);
});
