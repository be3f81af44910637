import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { Guard } from '#machine/guard.ts';
import { findProgram, Program } from '#machine/program.ts';

const guard = new Guard();
const folder = mkdtempSync(join(tmpdir(), 'zc-program-'));
afterAll(async () => {
  await guard.release();
  rmSync(folder, { recursive: true });
});

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

  test('reads a file and prints into one, whatever their names are', async () => {
    const [input, output] = [join(folder, "in 'put"), join(folder, 'out "put')];
    writeFileSync(input, 'text');
    const program = new Program('sh', ['-c', 'cat; echo aside >&2'], guard, { input, output });
    await program.succeed(5000);
    expect(readFileSync(output, 'utf8')).toBe('text');
    await program.until((said) => said === 'aside\n', 5000);
    expect(program.said).toBe('aside\n');
  });

  test('can be a path, and is called by its last part', async () => {
    const program = new Program('/bin/sh', ['-c', 'exit 4'], guard);
    await expect(program.succeed(5000)).rejects.toThrow('sh ended with exit code 4');
    expect(() => new Program('/no/such/server', [], guard)).toThrow(CannotRunHere);
  });

  test('end() waits as long as it is told', async () => {
    const program = new Program(
      'sh',
      ['-c', 'trap "sleep 0.5; echo whole; exit" TERM; echo on; while :; do sleep 0.05; done'],
      guard,
    );
    await program.until((said) => said.includes('on'), 5000);
    await program.end(30_000);
    await program.until((said) => said.includes('whole'), 5000).catch(() => {});
    expect(program.said).toContain('whole');
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
