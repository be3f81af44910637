import { describe, expect, it } from 'vitest';
import { errors } from '#broker/wire/errors.ts';
import { Client, fetchRequest, produceRequest } from './client.ts';
import { paths, running } from './running.ts';
import { batch, randomBatches } from './storage/batches.ts';

/** Appends batches through the wire; their bytes as they must come back, offsets and leader epoch assigned. */
async function produced(client: Client, topic: string, batches: readonly Buffer[]): Promise<Buffer> {
  const stored: Buffer[] = [];
  for (const bytes of batches) {
    const { topics } = await client.ask('produce', 7, produceRequest(topic, bytes));
    const partition = topics[0]!.partitions[0]!;
    expect(partition.errorCode).toBe(errors.NONE);
    const copy = Buffer.from(bytes);
    copy.writeBigInt64BE(partition.baseOffset, 0);
    copy.writeInt32BE(0, 12);
    stored.push(copy);
  }
  return Buffer.concat(stored);
}

async function createTopic(client: Client, name: string, numPartitions = 1): Promise<void> {
  const topic = { name, numPartitions, replicationFactor: 1, assignments: [], configs: [] };
  const { topics } = await client.ask('createTopics', 3, { topics: [topic], timeoutMs: 1000, validateOnly: false });
  expect(topics).toEqual([{ name, errorCode: errors.NONE, errorMessage: null }]);
}

function take(count: number, seed: number, mostBytes?: number): Buffer[] {
  const batches = randomBatches(seed, mostBytes);
  return Array.from({ length: count }, () => batches.next().value as Buffer);
}

describe('Broker', () => {
  it.each(paths)('gives back by %s what was produced, byte for byte', async (path) => {
    await using run = running({ log: { segmentBytes: 200_000 } });
    using client = await Client.connect(run.port(path));
    await createTopic(client, 'events');
    const stored = await produced(client, 'events', take(300, 5));
    const got: Buffer[] = [];
    for (let offset = 0n; ; ) {
      const { topics } = await client.ask('fetch', 11, fetchRequest('events', offset, { maxBytes: 70_000 }));
      const partition = topics[0]!.partitions[0]!;
      const bytes = whole(partition.records as Buffer);
      if (bytes.length === 0) break;
      got.push(bytes);
      offset = nextOffset(bytes);
      expect(offset <= partition.highWatermark).toBe(true);
    }
    expect(Buffer.concat(got).equals(stored)).toBe(true);
    expect(run.reports).toEqual([]);
  });

  it('answers a fetch that waits as soon as records come', async () => {
    await using run = running();
    using reader = await Client.connect(run.port('sendfile'));
    using writer = await Client.connect(run.port('copying'));
    await createTopic(writer, 'events');
    const waiting = reader.ask('fetch', 11, fetchRequest('events', 0n, { maxWaitMs: 30_000 }));
    const stored = await produced(writer, 'events', [batch()]);
    const { topics } = await waiting;
    expect(Buffer.compare(topics[0]!.partitions[0]!.records as Buffer, stored)).toBe(0);
  });
});

/** The batches that are there whole: a fetch ends in the middle of one. */
function whole(bytes: Buffer): Buffer {
  let at = 0;
  while (at + 12 <= bytes.length && at + 12 + bytes.readInt32BE(at + 8) <= bytes.length)
    at += 12 + bytes.readInt32BE(at + 8);
  return bytes.subarray(0, at);
}

function nextOffset(bytes: Buffer): bigint {
  let next = 0n;
  for (let at = 0; at < bytes.length; at += 12 + bytes.readInt32BE(at + 8)) {
    next = bytes.readBigInt64BE(at) + BigInt(bytes.readInt32BE(at + 23)) + 1n;
  }
  return next;
}
