import { describe, expect, it } from 'vitest';
import { Client, fetchRequest } from './client.ts';
import { paths, running } from './running.ts';
import { batch } from './storage/batches.ts';
import { createTopic, fetched, produced, take } from './traffic.ts';

describe('Broker', () => {
  it.each(paths)('gives back by %s what was produced, byte for byte', async (path) => {
    await using run = running({ log: { segmentBytes: 200_000 } });
    using client = await Client.connect(run.port(path));
    await createTopic(client, 'events');
    const stored = await produced(client, 'events', take(300, 5));
    const got = await fetched(client, 'events', 70_000);
    expect(got.equals(stored)).toBe(true);
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
