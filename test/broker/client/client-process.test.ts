/** The measuring client against a broker of ours: what it says must be what is in the log. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientQuestion, FetchAnswer, LeaveAnswer, LookAnswer, ProduceAnswer } from '#broker/client/protocol.ts';
import { segmentFile } from '#broker/storage/segment-name.ts';
import { Child } from '#machine/child.ts';
import { Guard } from '#machine/guard.ts';
import { paths, type Running, running } from '../running.ts';

const DEADLINE_MS = 60_000;
const BATCH_BYTES = 5000;
const BATCHES = 40;

const guard = new Guard();
let broker: Running;
let client: Child;
const ask = <T>(question: ClientQuestion) => client.ask<T>(question, DEADLINE_MS);
let log = Buffer.alloc(0);

beforeAll(async () => {
  broker = running();
  const file = fileURLToPath(new URL('../../../src/broker/client/client-process.ts', import.meta.url));
  client = new Child('client', file, guard, null);
  const port = broker.port('copying');
  await ask({ do: 'create', port, topic: 't' });
  const bytes = BATCHES * BATCH_BYTES;
  const made = await ask<ProduceAnswer>({ do: 'produce', port, topic: 't', batchBytes: BATCH_BYTES, bytes });
  log = readFileSync(segmentFile(join(broker.folder, 't-0'), 0n, 'log'));
  expect([made.bytes, log.length]).toEqual([bytes, bytes]);
  expect(made.records % BATCHES).toBe(0);
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
  await guard.release();
});

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe.each(paths)('from a listener that sends by %s', (path) => {
  const at = (maxBytes: number, consumers = 1, copies = false) => {
    return { port: broker.port(path), topic: 't', maxBytes, consumers, copies };
  };

  it('it finds the log as it lies there', async () => {
    const looked = await ask<LookAnswer>({ do: 'look', at: at(12_000) });
    expect(looked).toEqual({ sha256: sha256(log), bytes: log.length, batches: BATCHES });
  });

  it.each([
    ['discarding', 1, false],
    ['copying', 1, true],
    ['of three consumers', 3, false],
  ])('it goes from batch to batch, and begins again at the end: %s', async (_, consumers, copies) => {
    const target = at(12_000, consumers, copies);
    await ask({ do: 'open', at: target });
    const got = await ask<FetchAnswer>({ do: 'fetch', at: target, fetches: 24 * consumers });
    // Two of its batches are whole in each response, which is cut in the third; the log ends after 20 responses.
    expect(got.fetches).toBe(24 * consumers);
    expect(got.wholeBytes).toBe(24 * consumers * 2 * BATCH_BYTES);
    expect(got.bytes).toBe(consumers * (24 * 12_000 - 2000));
    expect(got.receives).toBeGreaterThanOrEqual(24 * consumers);
  });

  it('it stalls, and finds the bytes when it reads after all', async () => {
    await ask({ do: 'stall', at: at(100_000, 3) });
    expect(await ask<LeaveAnswer>({ do: 'leave' })).toEqual({
      bytes: 100_000,
      sha256: sha256(log.subarray(0, 100_000)),
    });
  });
});

it('says what the broker refuses', async () => {
  const at = { port: broker.port('sendfile'), topic: 'none', maxBytes: 1000 };
  await expect(ask({ do: 'look', at })).rejects.toThrow('Cannot fetch: the broker answered with error 3');
  await expect(ask({ do: 'open', at })).rejects.toThrow('nobody has looked where its batches begin');
});
