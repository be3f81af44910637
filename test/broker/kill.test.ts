import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { uniform } from '../fixtures/random.ts';
import { Client } from './client.ts';
import { killOnce, lost } from './kill-case.ts';
import { paths, running } from './running.ts';
import { createTopic, produced, take } from './traffic.ts';

const root = mkdtempSync(join(tmpdir(), 'zc-broker-kill-'));
afterAll(() => rmSync(root, { recursive: true }));

/** `npm run prove:broker` kills more often. */
const kills = 8;
/** Batches that were acknowledged in all runs together. */
let all = 0;

const random = uniform(21);
const moments = Array.from({ length: kills }, (_, at) => ({
  at,
  momentMs: random() * 400,
  path: paths[at % paths.length]!,
}));

test.each(moments)(
  'nothing acknowledged is lost when the broker is killed under load, run $at',
  async ({ at, momentMs, path }) => {
    const { acknowledged, faults } = await killOnce(join(root, `data-${at}`), path, momentMs, 10 * at);
    all += acknowledged;
    expect(faults).toEqual([]);
  },
);

test('and something was acknowledged', () => {
  expect(all).toBeGreaterThan(kills);
});

test('lost() finds what is not there any more', async () => {
  await using run = running();
  {
    using client = await Client.connect(run.port('copying'));
    await createTopic(client, 'one');
    await produced(client, 'one', take(2, 5));
  }
  const said = { stored: Buffer.from('never stored'), committed: 3n, fault: null };
  expect(await lost(run, 'copying', 'one', said)).toEqual([
    expect.stringContaining("12 acknowledged bytes of 'one' are not the first"),
    "Offset 3 of 'one' was committed, and -1 is there",
  ]);
});
