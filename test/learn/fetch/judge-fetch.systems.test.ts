/** Where nothing may be traced: the real kcat gets its records, and the overwrite test tells whose pages were sent. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withBench } from '#learn/bench.ts';
import type { FetchTask } from '#learn/fetch/fetch-task.ts';
import { judgeFetch } from '#learn/fetch/judge-fetch.ts';
import { findKcat } from '#learn/fetch/kcat.ts';
import { exercise } from '../../../labs/exercises/15-fetch/check.ts';

/** A folder with kcat and what the guard needs, and no strace. */
const bin = mkdtempSync(join(tmpdir(), 'zc-kcat-'));
for (const program of [findKcat(), '/bin/rm', '/bin/sleep'])
  symlinkSync(program, join(bin, program.replace(/.*\//, '')));
beforeEach(() => vi.stubEnv('PATH', bin));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(bin, { recursive: true }));

const judged = (name: string) =>
  withBench((bench) => judgeFetch(`labs/exercises/15-fetch/${name}.ts`, exercise.task as FetchTask, bench));

test('judgeFetch() passes the solution', { timeout: 60_000 }, async () => {
  expect(await judged('solution')).toMatchObject({
    state: 'passed',
    proved: { by: 'overwrite', cases: 11, records: 3947 },
  });
});

test('judgeFetch() finds the copies', { timeout: 60_000 }, async () => {
  const judgement = await judged('mutants/copies');
  expect(judgement).toMatchObject({
    state: 'failed',
    findings: [{ code: 'pages-not-shared', args: { call: 'sendfile', shared: 0, should: 1 } }],
  });
});
