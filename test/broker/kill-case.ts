/** A broker that is killed under load, and what another one finds in its folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FetchPathName } from '#broker/fetch/index.ts';
import { Client } from './client.ts';
import { type Running, running } from './running.ts';
import { randomBatches } from './storage/batches.ts';
import { createTopic, fetched, produced, WrongAnswer } from './traffic.ts';

/** Segments so small that many moments lie in the middle of a roll. */
const log = { segmentBytes: 6000, segmentIndexBytes: 1024, indexIntervalBytes: 500 };
const topics = ['one', 'two', 'three'];
/** What may lie in a data folder. */
const known = /^(one|two|three)-0$|^consumer-offsets\.json$|^\.[a-z_]+$/;

export interface Killed {
  /** Batches of all topics. */
  readonly acknowledged: number;
  /** What was lost, and what else was wrong. */
  readonly faults: readonly string[];
}

/** Kills a broker in `folder`, which is made, and starts another on what is left. @param momentMs from its start to the signal */
export async function killOnce(folder: string, path: FetchPathName, momentMs: number, seed: number): Promise<Killed> {
  const program = join(import.meta.dirname, 'program.ts');
  const child = spawn(process.execPath, [program, folder, path, JSON.stringify(log)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const loads = topics.map((topic, index) => load(Number(line), topic, seed + index));
  await pause(momentMs);
  child.kill('SIGKILL');
  await ended;
  const done = await Promise.all(loads);
  const faults = done.flatMap(({ fault }) => fault ?? []);
  {
    await using again = running({ log }, folder, { keep: true });
    for (const [index, one] of done.entries()) {
      const topic = topics[index] as string;
      faults.push(...(await lost(again, path, topic, one)));
    }
  }
  const stray = readdirSync(folder).filter((name) => !known.test(name));
  return {
    acknowledged: done.reduce((sum, { committed }) => sum + Math.max(0, Number(committed)), 0),
    faults: [...faults, ...stray.map((name) => `'${name}' was left in the folder`)],
  };
}

/** What a producer and committer was told. */
export interface Loaded {
  readonly stored: Buffer;
  readonly committed: bigint;
  readonly fault: string | null;
}

/** What of it another broker on the same folder does not have any more. */
export async function lost(again: Running, path: FetchPathName, topic: string, one: Loaded): Promise<string[]> {
  const { stored, committed } = one;
  const faults: string[] = [];
  using client = await Client.connect(again.port(path));
  const there = again.broker.storage.log(topic, 0) ? await fetched(client, topic, 100_000) : Buffer.alloc(0);
  if (!there.subarray(0, stored.length).equals(stored))
    faults.push(
      `${stored.length} acknowledged bytes of '${topic}' are not the first of the ${there.length} that are there`,
    );
  const offsets = await client.ask('offsetFetch', 4, {
    groupId: topic,
    topics: [{ name: topic, partitions: [0] }],
  });
  const found = offsets.topics[0]?.partitions[0]?.committedOffset ?? -1n;
  if (found < committed) faults.push(`Offset ${committed} of '${topic}' was committed, and ${found} is there`);
  // And it goes on.
  if (stored.length > 0) await produced(client, topic, [randomBatches(1).next().value as Buffer]);
  return faults;
}

/** Produces and commits, one after the other, until the broker is gone: what it acknowledged. */
async function load(port: number, topic: string, seed: number): Promise<Loaded> {
  const stored: Buffer[] = [];
  let committed = -1n;
  let fault: string | null = null;
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
    if (error instanceof WrongAnswer) fault = error.message;
  }
  return { stored: Buffer.concat(stored), committed, fault };
}
