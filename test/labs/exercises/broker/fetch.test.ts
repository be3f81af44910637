import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readHeader } from '#broker/storage/record-batch.ts';
import { apiVersions } from '#broker/wire/api/api-versions.ts';
import { fetch } from '#broker/wire/api/fetch.ts';
import { Reader } from '#broker/wire/reader.ts';
import { frameOf } from '#learn/fetch/fetch-frame.ts';
import { tools } from '../../../../labs/exercises/broker/fetch.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-small-broker-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { path, values } = tools.make(
  folder,
  Array.from({ length: 100 }, () => ({ records: 4, valueBytes: 50 })),
);

async function due(offset: number, maxBytes: number) {
  using broker = tools.open(folder);
  const answer = await broker.answer(tools.request(5, offset, maxBytes).subarray(4), 1);
  if (Buffer.isBuffer(answer)) throw new Error('Expected a due');
  return answer;
}

test('tools.open() finds the slice of a Fetch, and all of its answer but that', async () => {
  const found = await due(42, 1000);
  expect([found.correlationId, found.path, found.bytes]).toEqual([5, path, 1000]);
  const { baseOffset, lastOffset } = readHeader(readFileSync(path), found.position);
  expect([baseOffset, lastOffset]).toEqual([40n, 43n]);
  const frame = frameOf(found);
  expect(frame.readInt32BE(0)).toBe(frame.length - 4);
  const { topics } = fetch.response.read(new Reader(frame.subarray(8)), fetch.versions[1]);
  expect(topics[0]?.partitions[0]).toMatchObject({ errorCode: 0, highWatermark: 400n });
  expect(topics[0]?.partitions[0]?.records).toEqual(frame.subarray(-1000));
});

test('tools.open() finds no byte at the end of the log', async () => {
  expect(await due(values.length, 1000)).toMatchObject({ path, bytes: 0 });
});

test('tools.open() answers what else a consumer asks, and nothing that it is not there for', async () => {
  using broker = tools.open(folder);
  const versions = Buffer.from([0, 18, 0, 0, 0, 0, 0, 9, 255, 255]);
  const answer = await broker.answer(versions, 1);
  if (!Buffer.isBuffer(answer)) throw new Error('Expected an answer');
  expect(answer.readInt32BE(4)).toBe(9);
  const { apiKeys } = apiVersions.response.read(new Reader(answer.subarray(8)), 0);
  expect(apiKeys.map(({ apiKey }) => apiKey)).toContain(fetch.key);
  const heartbeat = Buffer.from([0, 12, 0, 0, 0, 0, 0, 9, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0]);
  await expect(broker.answer(heartbeat, 1)).rejects.toThrow('is there for Fetch');
});
