import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { uniform } from '../fixtures/random.ts';
import { Client } from './client.ts';
import { paths, running } from './running.ts';
import { randomBatches } from './storage/batches.ts';
import { createTopic, fetched, produced } from './traffic.ts';

const root = mkdtempSync(join(tmpdir(), 'zc-broker-kill-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Segments so small that many moments lie in the middle of a roll. */
const log = { segmentBytes: 6000, segmentIndexBytes: 1024, indexIntervalBytes: 500 };
/** `npm run prove:broker` kills more often. */
const kills = Number(process.env.ZC_BROKER_KILLS ?? 8);
/** Batches that were acknowledged in all runs together. */
let all = 0;
const topics = ['one', 'two', 'three'];

const random = uniform(21);
const moments = Array.from({ length: kills }, (_, at) => ({
  at,
  afterMs: random() * 400,
  path: paths[at % paths.length]!,
}));

test.each(moments)(
  'nothing acknowledged is lost when the broker is killed under load, run $at',
  async ({ at, afterMs, path }) => {
    const folder = join(root, `data-${at}`);
    const program = join(import.meta.dirname, 'program.ts');
    const child = spawn(process.execPath, [program, folder, path, JSON.stringify(log)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const loads = topics.map((topic, index) => load(Number(line), topic, 10 * at + index));
    await pause(afterMs);
    child.kill('SIGKILL');
    await ended;
    const acknowledged = await Promise.all(loads);
    all += acknowledged.reduce((sum, { committed }) => sum + Math.max(0, Number(committed)), 0);

    await using again = running({ log }, folder);
    for (const [index, { stored, committed }] of acknowledged.entries()) {
      const topic = topics[index] as string;
      using client = await Client.connect(again.port(path));
      const there = again.broker.storage.log(topic, 0) ? await fetched(client, topic, 100_000) : Buffer.alloc(0);
      expect(there.subarray(0, stored.length).equals(stored)).toBe(true);
      const offsets = await client.ask('offsetFetch', 4, {
        groupId: topic,
        topics: [{ name: topic, partitions: [0] }],
      });
      expect(offsets.topics[0]!.partitions[0]!.committedOffset).toBeGreaterThanOrEqual(committed);
      // And it goes on.
      if (stored.length > 0) await produced(client, topic, [randomBatches(at).next().value as Buffer]);
    }
    await again.broker.stop();
    const stray = readdirSync(folder).filter(
      (name) => !/^(one|two|three)-0$|^consumer-offsets\.json$|^\.[a-z_]+$/.test(name),
    );
    expect(stray).toEqual([]);
  },
);

/** Produces and commits, one after the other, until the broker is gone: what it acknowledged. */
async function load(port: number, topic: string, seed: number): Promise<{ stored: Buffer; committed: bigint }> {
  const stored: Buffer[] = [];
  let committed = -1n;
  try {
    using client = await Client.connect(port);
    await createTopic(client, topic);
    for (const bytes of randomBatches(seed, 1500)) {
      stored.push(await produced(client, topic, [bytes]));
      const partition = {
        index: 0,
        committedOffset: BigInt(stored.length),
        commitTimestamp: -1n,
        committedMetadata: '',
      };
      await client.ask('offsetCommit', 5, {
        groupId: topic,
        generationId: -1,
        memberId: '',
        retentionTimeMs: -1n,
        topics: [{ name: topic, partitions: [partition] }],
      });
      committed = BigInt(stored.length);
    }
  } catch (error) {
    // The broker is gone, or something was wrong with what it said before.
    if (error instanceof Error && 'matcherResult' in error) throw error;
  }
  return { stored: Buffer.concat(stored), committed };
}

test('and something was acknowledged', () => {
  expect(all).toBeGreaterThan(kills);
});
