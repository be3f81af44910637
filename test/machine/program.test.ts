import { existsSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { Guard } from '#machine/guard.ts';
import { findProgram, Program } from '#machine/program.ts';

const guard = new Guard();
afterAll(() => guard.release());

describe('Program', () => {
  test('until() waits for what it prints', async () => {
    const program = new Program('sh', ['-c', 'echo ready; exec sleep 60'], guard);
    await program.until((said) => said.includes('ready'), 5000);
    await program.end();
    expect(existsSync(`/proc/${program.pid}`)).toBe(false);
  });

  test('until() says how a program ended that never got there, with its last line', async () => {
    const program = new Program('sh', ['-c', 'echo first; echo no such port >&2; exit 3'], guard);
    await expect(program.until(() => false, 5000)).rejects.toThrow('sh ended with exit code 3: no such port');
  });

  test('until() gives up', async () => {
    const program = new Program('sleep', ['60'], guard);
    await expect(program.until(() => false, 30)).rejects.toThrow('sleep was not ready after 0.03 s');
    await program.end();
  });

  test('succeed() waits for the end, and a failure is an error', async () => {
    await new Program('true', [], guard).succeed(5000);
    await expect(new Program('false', [], guard).succeed(5000)).rejects.toThrow('false ended with exit code 1');
  });

  test('end() ends what does not want to, by its own number', async () => {
    const program = new Program('sh', ['-c', 'trap "" TERM; echo deaf; while :; do sleep 0.1; done'], guard);
    await program.until((said) => said.includes('deaf'), 5000);
    await program.end();
    expect(existsSync(`/proc/${program.pid}`)).toBe(false);
  });

  test('is given its environment and folder', async () => {
    const program = new Program('sh', ['-c', 'echo "$PWD $ZC_WORD"'], guard, { cwd: '/', env: { ZC_WORD: 'word' } });
    await program.until((said) => said === '/ word\n', 5000);
    await program.end();
  });
});

test('findProgram() says what is not installed', () => {
  expect(findProgram('sh')).toMatch(/\/sh$/);
  expect(() => findProgram('no-such-server')).toThrow(CannotRunHere);
});
