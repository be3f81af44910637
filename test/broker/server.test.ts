import { closeSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { errors } from '#broker/wire/errors.ts';
import { encodeUnsupported } from '#broker/wire/message.ts';
import { fadvise, fileAdvice, fsync, residentPages } from '#libc';
import { uniform } from '../fixtures/random.ts';
import { Client, fetchRequest, produceRequest, requestFrame, responseBody } from './client.ts';
import { sendFuzzed } from './fuzz-case.ts';
import { heldBytes } from './held-memory.ts';
import { paths, running } from './running.ts';
import { batch } from './storage/batches.ts';
import { createTopic, fetched, produced, take } from './traffic.ts';
import { requests } from './wire/requests.ts';

const heartbeat = requestFrame('heartbeat', 0, requests.heartbeat);

/** Waits until something holds; a test that waits for ever ends at its limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(5);
}

describe('a connection', () => {
  it('answers what was sent at once in the order of the requests', async () => {
    await using run = running();
    using client = await Client.connect(run.port('sendfile'));
    const many = Array.from({ length: 50 }, (_, index) => requestFrame('heartbeat', 0, requests.heartbeat, index));
    client.send(Buffer.concat(many));
    for (let index = 0; index < many.length; index++) {
      expect(responseBody('heartbeat', 0, await client.frame(), index).errorCode).toBe(errors.UNKNOWN_MEMBER_ID);
    }
  });

  it('reads a request that comes byte by byte', async () => {
    await using run = running();
    using client = await Client.connect(run.port('sendfile'));
    for (const byte of heartbeat) {
      client.send(Buffer.from([byte]));
      await pause(1);
    }
    expect(responseBody('heartbeat', 0, await client.frame()).errorCode).toBe(errors.UNKNOWN_MEMBER_ID);
  });

  it('takes a request of many megabytes', async () => {
    await using run = running({ log: { maxMessageBytes: 2 ** 23 } });
    using client = await Client.connect(run.port('copying'));
    await createTopic(client, 'events');
    const stored = await produced(client, 'events', [batch({ body: Buffer.alloc(5_000_000, 'x') })]);
    expect((await fetched(client, 'events', 2 ** 20)).equals(stored)).toBe(true);
  });

  it('tells a client that is too new what there is', async () => {
    await using run = running();
    using client = await Client.connect(run.port('sendfile'));
    const frame = requestFrame('apiVersions', 3, requests.apiVersions);
    frame.writeInt16BE(4, 6);
    client.send(frame);
    const header = { apiKey: 18, apiVersion: 4, correlationId: 7, clientId: null };
    const expected = Buffer.concat(encodeUnsupported(header) as Buffer[]).subarray(4);
    expect((await client.frame()).equals(expected)).toBe(true);
    client.send(heartbeat);
    expect((await client.frame()).length).toBe(6);
  });

  it.each([
    [
      'a request that is too large',
      [0x7f, 0xff, 0xff, 0xff],
      'Expected a request of 8 to 16777216 bytes, found one of 2147483647',
    ],
    ['a request of a negative length', [0xff, 0xff, 0xff, 0xff], 'found one of -1'],
    ['a request that is too short', [0, 0, 0, 7, 1, 2, 3, 4, 5, 6, 7], 'found one of 7'],
    ['something else than Kafka', [...Buffer.from('GET / HTTP/1.1\r\n\r\n')], 'found one of 1195725856'],
    ['an unknown API', [0, 0, 0, 8, 0, 99, 0, 0, 0, 0, 0, 1], 'Cannot answer API 99'],
  ])('ends at %s, and says why', async (_, bytes, why) => {
    await using run = running();
    using client = await Client.connect(run.port('sendfile'));
    client.send(Buffer.from(bytes));
    await client.ended();
    expect(run.reports.map(({ message }) => message)).toEqual([expect.stringContaining(why)]);
    expect(run.broker.connections).toBe(0);
  });

  it('ends when its client stops in the middle of a request, or says nothing', async () => {
    await using run = running({ limits: { stalledRequestMs: 50, idleMs: 300 } });
    using partial = await Client.connect(run.port('sendfile'));
    using silent = await Client.connect(run.port('sendfile'));
    partial.send(heartbeat.subarray(0, 9));
    await partial.ended();
    await silent.ended();
    expect(run.reports.map(({ message }) => message)).toEqual([
      'A client sent part of a request and then nothing for 50 ms',
    ]);
  });

  it('answers a client that has finished sending, and forgets one that leaves while it waits', async () => {
    await using run = running();
    using half = await Client.connect(run.port('sendfile'));
    half.socket.end(heartbeat);
    expect((await half.frame()).length).toBe(6);
    using waiting = await Client.connect(run.port('sendfile'));
    await createTopic(waiting, 'events');
    waiting.send(requestFrame('fetch', 11, fetchRequest('events', 0n, { maxWaitMs: 60_000 })));
    await until(() => run.broker.connections === 1);
    await pause(20);
    waiting.socket.destroy();
    await until(() => run.broker.connections === 0);
    expect(run.reports).toEqual([]);
  });

  it.each(paths)('reads nothing of a client that does not read: memory stays, by %s', async (path) => {
    await using run = running();
    using writer = await Client.connect(run.port(path));
    await createTopic(writer, 'events');
    const stored = await produced(writer, 'events', take(400, 3, 200_000));
    const clients = await Promise.all(Array.from({ length: 20 }, () => Client.connect(run.port(path))));
    const before = heldBytes();
    const wanted = requestFrame('fetch', 11, fetchRequest('events', 0n, { maxBytes: 2 ** 24 }));
    for (const { socket } of clients) socket.pause();
    for (const client of clients) for (let count = 0; count < 50; count++) client.send(wanted);
    await pause(300);
    // Each client is owed 50 times what the log has; held are a request and the header of an answer.
    expect(stored.length).toBeGreaterThan(2 ** 23);
    expect(heldBytes() - before).toBeLessThan(2 ** 22);
    expect((await fetched(writer, 'events', 2 ** 20)).equals(stored)).toBe(true);
    for (const client of clients) client[Symbol.dispose]();
  });

  it('waits in the queue when there are too many, until one leaves', async () => {
    await using run = running({ limits: { mostConnections: 2 } });
    const [first, second, third] = await Promise.all([0, 1, 2].map(() => Client.connect(run.port('sendfile'))));
    third!.send(heartbeat);
    await until(() => run.broker.connections === 2);
    first![Symbol.dispose]();
    expect((await third!.frame()).length).toBe(6);
    second![Symbol.dispose]();
    third![Symbol.dispose]();
  });

  it('stands fuzzed frames: each is answered or ends its connection, and the broker goes on', async () => {
    await using run = running({ autoCreatePartitions: null });
    // `npm run prove:broker` sends more.
    const { refused, faults } = await sendFuzzed(run, 1000, uniform(11));
    expect(faults).toEqual([]);
    expect(refused).toBeGreaterThan(0);
  });
});

describe('produce', () => {
  it("refuses what is no batch, by Kafka's codes", async () => {
    await using run = running();
    using client = await Client.connect(run.port('sendfile'));
    await createTopic(client, 'events');
    const wrongCrc = batch();
    wrongCrc[70] = 0;
    const ask = async (records: Uint8Array | null, options = {}) => {
      const { topics } = await client.ask('produce', 7, produceRequest('events', records, options));
      return topics[0]!.partitions[0]!.errorCode;
    };
    expect(await ask(wrongCrc)).toBe(errors.CORRUPT_MESSAGE);
    expect(await ask(batch().subarray(0, 70))).toBe(errors.CORRUPT_MESSAGE);
    expect(await ask(batch({ magic: 1 }))).toBe(errors.UNSUPPORTED_FOR_MESSAGE_FORMAT);
    expect(await ask(null)).toBe(errors.INVALID_REQUEST);
    expect(await ask(batch(), { partition: 1 })).toBe(errors.UNKNOWN_TOPIC_OR_PARTITION);
    expect(await ask(batch(), { acks: 2 })).toBe(errors.INVALID_REQUIRED_ACKS);
    expect(await ask(batch())).toBe(errors.NONE);
    expect(run.broker.storage.log('events', 0)?.endOffset).toBe(1n);
  });

  it('answers nothing with acks 0, and ends the connection when it failed', async () => {
    await using run = running();
    using client = await Client.connect(run.port('sendfile'));
    await createTopic(client, 'events');
    client.send(requestFrame('produce', 7, produceRequest('events', batch(), { acks: 0 }), 1));
    expect(await client.ask('heartbeat', 0, requests.heartbeat)).toMatchObject({ errorCode: errors.UNKNOWN_MEMBER_ID });
    expect(run.broker.storage.log('events', 0)?.endOffset).toBe(1n);
    client.send(requestFrame('produce', 7, produceRequest('nowhere', batch(), { acks: 0 }), 1));
    await client.ended();
    expect(run.reports.map(({ name }) => name)).toEqual(['HangUp']);
  });
});

describe('fetch', () => {
  it('says what is wrong with an offset, a partition or a session', async () => {
    await using run = running();
    using client = await Client.connect(run.port('sendfile'));
    await createTopic(client, 'events');
    await produced(client, 'events', [batch()]);
    const codeOf = async (topic: string, offset: bigint) => {
      const { topics } = await client.ask('fetch', 11, fetchRequest(topic, offset, { maxWaitMs: 60_000 }));
      return topics[0]!.partitions[0]!.errorCode;
    };
    expect(await codeOf('events', 2n)).toBe(errors.OFFSET_OUT_OF_RANGE);
    expect(await codeOf('events', -1n)).toBe(errors.OFFSET_OUT_OF_RANGE);
    expect(await codeOf('nowhere', 0n)).toBe(errors.UNKNOWN_TOPIC_OR_PARTITION);
    const session = await client.ask('fetch', 11, { ...fetchRequest('events', 0n), sessionId: 3 });
    expect(session.errorCode).toBe(errors.FETCH_SESSION_ID_NOT_FOUND);
  });

  it('keeps to its limits, but for the first batch', async () => {
    await using run = running();
    using client = await Client.connect(run.port('sendfile'));
    await createTopic(client, 'events', 2);
    const one = batch({ body: Buffer.alloc(1000) });
    for (const partition of [0, 1]) await client.ask('produce', 7, produceRequest('events', one, { partition }));
    const request = fetchRequest('events', 0n, { maxBytes: 10 });
    const [topic] = request.topics;
    const partitions = [0, 1].map((index) => ({ ...topic!.partitions[0]!, index }));
    const { topics } = await client.ask('fetch', 11, { ...request, topics: [{ name: 'events', partitions }] });
    expect(topics[0]!.partitions.map(({ records }) => (records as Buffer).length)).toEqual([one.length, 0]);
  });

  it('answers with nothing when the time is over', async () => {
    await using run = running();
    using client = await Client.connect(run.port('sendfile'));
    await createTopic(client, 'events');
    await produced(client, 'events', [batch()]);
    const few = await client.ask('fetch', 11, fetchRequest('events', 0n, { maxWaitMs: 20, minBytes: 1000 }));
    expect((few.topics[0]!.partitions[0]!.records as Buffer).length).toBe(batch().length);
  });

  it.each(paths)('brings cold data in before it is sent, by %s', async (path) => {
    await using run = running();
    using client = await Client.connect(run.port(path));
    await createTopic(client, 'events');
    const stored = await produced(client, 'events', take(100, 4, 100_000));
    const evicted = evict(join(run.folder, 'events-0'));
    expect((await fetched(client, 'events', 2 ** 21)).equals(stored)).toBe(true);
    // On a file system that keeps its pages, as tmpfs does, nothing is cold.
    if (evicted) expect(run.broker.warmed).toBeGreaterThan(0);
  });

  it('waits for the disk where it is told to', async () => {
    await using run = running({ warm: false });
    using client = await Client.connect(run.port('sendfile'));
    await createTopic(client, 'events');
    const stored = await produced(client, 'events', take(20, 4, 100_000));
    evict(join(run.folder, 'events-0'));
    expect((await fetched(client, 'events', 2 ** 21)).equals(stored)).toBe(true);
    expect(run.broker.warmed).toBe(0);
  });
});

/** Puts the log file out of the page cache. @returns whether that worked */
function evict(folder: string): boolean {
  const [name] = readdirSync(folder).filter((file) => file.endsWith('.log'));
  const fd = openSync(join(folder, name as string), 'r+');
  fsync(fd);
  fadvise(fd, fileAdvice.dontNeed);
  const left = residentPages(fd);
  closeSync(fd);
  return left === 0;
}

describe('stop()', () => {
  it('answers who waits, keeps what was acknowledged, and lets the folder go', async () => {
    await using run = running();
    using client = await Client.connect(run.port('sendfile'));
    await createTopic(client, 'events');
    const stored = await produced(client, 'events', take(10, 6));
    const end = run.broker.storage.log('events', 0)!.endOffset;
    const waiting = client.ask('fetch', 11, fetchRequest('events', end, { maxWaitMs: 60_000 }));
    await pause(20);
    await run.broker.stop();
    expect((await waiting).topics[0]!.partitions[0]!.records).toHaveLength(0);
    await client.ended();
    await using again = running({}, run.folder);
    using second = await Client.connect(again.port('mapped'));
    expect((await fetched(second, 'events', 50_000)).equals(stored)).toBe(true);
  });
});
