import { describe, expect, it } from 'vitest';
import { oneSegmentBytes } from '#broker/fetch/one-segment.ts';
import { pageSize } from '#libc';
import { Client, fetchRequest } from '../client.ts';
import { running } from '../running.ts';
import { batch } from '../storage/batches.ts';
import { createTopic, fetched, produced } from '../traffic.ts';

const page = pageSize();

describe('oneSegmentBytes()', () => {
  it.each([
    ['16 pages from the beginning of one', 0, 16 * page, 16 * page],
    ['16 pages from within one: 17 are touched', 100, 16 * page, 16 * page - 100],
    ['the last byte in page 17', 5 * page + 1, 16 * page, 16 * page - 1],
    ['17 whole pages', 0, 17 * page, 16 * page],
    ['18 pages', 100, 17 * page, 17 * page],
    ['a megabyte', 100, 2 ** 20, 2 ** 20],
    ['a byte', 4095, 1, 1],
  ])('%s', (_, position, bytes, expected) => {
    expect(oneSegmentBytes({ position, bytes })).toBe(expected);
  });
});

describe('a fetch of 16 pages', () => {
  const maxBytes = 16 * page;
  const sizeAt = async (client: Client, offset: bigint, options = {}) => {
    const { topics } = await client.ask('fetch', 11, fetchRequest('t', offset, { maxBytes, ...options }));
    return (topics[0]!.partitions[0]!.records as Buffer).length;
  };

  it('ends with a page where that saves a segment, and counts in full for the least that was asked for', async () => {
    await using run = running();
    using client = await Client.connect(run.port('sendfile'));
    await createTopic(client, 't');
    const small = batch({ body: Buffer.alloc(939) });
    const stored = await produced(
      client,
      't',
      Array.from({ length: 300 }, () => small),
    );
    expect(small.length).toBe(1000);
    expect(await sizeAt(client, 0n)).toBe(maxBytes);
    expect(await sizeAt(client, 1n, { minBytes: maxBytes, maxWaitMs: 60_000 })).toBe(maxBytes - 1000);
    expect((await fetched(client, 't', maxBytes)).equals(stored)).toBe(true);
  });

  it('leaves out no batch that is whole, and cuts what is cut anyway', async () => {
    await using run = running();
    using client = await Client.connect(run.port('sendfile'));
    await createTopic(client, 't');
    // Four of the first are whole in 16 pages from the second on, with an end in the last page; of the others, three.
    const [close, far] = [16_200, 16_500].map((bytes) => batch({ body: Buffer.alloc(bytes - 61) }));
    await produced(client, 't', [...Array.from({ length: 8 }, () => close!), ...Array.from({ length: 8 }, () => far!)]);
    expect(await sizeAt(client, 1n)).toBe(maxBytes);
    // From the tenth on: 8 batches of one size and one of the other lie before it.
    const begin = 8 * 16_200 + 16_500;
    expect(await sizeAt(client, 9n)).toBe(Math.floor((begin + maxBytes - 1) / page) * page - begin);
  });

  it('never cuts the first batch, which the client could not get past', async () => {
    // The index knows of no batch but the first, so that all seems to be cut anyway.
    await using run = running({ log: { maxMessageBytes: 2 ** 20, indexIntervalBytes: 2 ** 20 } });
    using client = await Client.connect(run.port('sendfile'));
    await createTopic(client, 't');
    const large = batch({ body: Buffer.alloc(maxBytes - 100) });
    const stored = await produced(client, 't', [batch(), large, large]);
    expect(await sizeAt(client, 1n)).toBe(large.length);
    expect((await fetched(client, 't', maxBytes)).equals(stored)).toBe(true);
  });
});
