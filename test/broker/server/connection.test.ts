import { expect, test } from 'vitest';
import { requestFrame } from '#broker/client/frames.ts';
import type { Warmth } from '#broker/fetch/warmth.ts';
import type { Answers } from '#broker/server/answers/answer.ts';
import type { Channel } from '#broker/server/channel.ts';
import { Connection, type Surroundings } from '#broker/server/connection.ts';
import { defaultLimits } from '#broker/server/limits.ts';
import { EAGAIN, type Happened } from '#libc';
import { fetchRequest } from '../client.ts';

const readable: Happened = { status: 0, readable: true, writable: false, disconnect: false };

/** A client that asks for one slice, of a log that is on the disk only, and answers that come when they are let. */
function coldConnection() {
  const log = { ...{ fd: 3, position: 0, bytes: 100, behind: 0, path: '/log' }, release() {} };
  const brought = Promise.withResolvers<number>();
  const answered = Promise.withResolvers<object>();
  let told: (what: Happened) => void = () => {};
  const pieces = [requestFrame('fetch', 11, fetchRequest('events', 0n))];
  const sent: number[] = [];
  const channel: Channel = {
    ...{ host: '127.0.0.1', port: 1 },
    receive(into) {
      const piece = pieces.shift();
      if (!piece) return -EAGAIN;
      into.set(piece);
      return piece.length;
    },
    write: (bytes) => bytes.length,
    openSender: () => ({
      step: (_slice, _done, count) => sent.push(count) && count,
      [Symbol.dispose]() {},
    }),
    until() {},
    [Symbol.dispose]() {},
  };
  const warmth = { isWarm: () => false, warm: () => brought.promise } as Partial<Warmth> as Warmth;
  const around: Surroundings = {
    ...{ limits: defaultLimits, warmth, waiting: new Set(), ended() {} },
    answers: { fetch: () => answered.promise } as unknown as Answers,
  };
  const connection = new Connection((happened) => {
    told = happened;
    return channel;
  }, around);
  const partition = { ...{ index: 0, errorCode: 0, highWatermark: 1n, lastStableOffset: 1n, logStartOffset: 0n } };
  const partitions = [{ ...partition, abortedTransactions: null, preferredReadReplica: -1, records: [log] }];
  const response = { throttleTimeMs: 0, errorCode: 0, sessionId: 0, topics: [{ name: 'events', partitions }] };
  return {
    ...{ around, connection, sent },
    ask: () => told(readable),
    answer: () => answered.resolve(response),
    bring: () => brought.resolve(100),
  };
}

const settled = () => new Promise((done) => setImmediate(done));

test('is among those that wait for a promise until it has its answer, and its bytes are in memory', async () => {
  const { around, connection, sent, ask, answer, bring } = coldConnection();
  using _ = connection;
  expect(around.waiting.size).toBe(0);
  ask();
  expect([...around.waiting]).toEqual([connection]);
  answer();
  await settled();
  expect([...around.waiting]).toEqual([connection]);
  expect(sent).toEqual([]);
  bring();
  await settled();
  expect(around.waiting.size).toBe(0);
  expect(sent).toEqual([100]);
});

test('waits for nothing any more when it is gone', async () => {
  const { around, connection, ask } = coldConnection();
  ask();
  connection[Symbol.dispose]();
  expect(around.waiting.size).toBe(0);
});
