/** What tests do with a broker through the wire, again and again. */
import { errors } from '#broker/wire/errors.ts';
import { type Client, fetchRequest, produceRequest } from './client.ts';
import { randomBatches } from './storage/batches.ts';

/** The broker gave another answer than it must. */
export class WrongAnswer extends Error {
  override name = 'WrongAnswer';
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new WrongAnswer(what);
}

/** Appends batches through the wire; their bytes as they must come back, offsets and leader epoch assigned. */
export async function produced(client: Client, topic: string, batches: readonly Buffer[]): Promise<Buffer> {
  const stored: Buffer[] = [];
  for (const bytes of batches) {
    const { topics } = await client.ask('produce', 7, produceRequest(topic, bytes));
    const partition = topics[0]!.partitions[0]!;
    must(partition.errorCode === errors.NONE, `Cannot produce to '${topic}': error ${partition.errorCode}`);
    const copy = Buffer.from(bytes);
    copy.writeBigInt64BE(partition.baseOffset, 0);
    copy.writeInt32BE(0, 12);
    stored.push(copy);
  }
  return Buffer.concat(stored);
}

export async function createTopic(client: Client, name: string, numPartitions = 1): Promise<void> {
  const topic = { name, numPartitions, replicationFactor: 1, assignments: [], configs: [] };
  const { topics } = await client.ask('createTopics', 3, { topics: [topic], timeoutMs: 1000, validateOnly: false });
  must(topics[0]?.errorCode === errors.NONE, `Cannot make topic '${name}': error ${topics[0]?.errorCode}`);
}

export function take(count: number, seed: number, mostBytes?: number): Buffer[] {
  const batches = randomBatches(seed, mostBytes);
  return Array.from({ length: count }, () => batches.next().value as Buffer);
}

/** Everything from an offset to the end of the log, fetched piece by piece. */
export async function fetched(client: Client, topic: string, maxBytes: number, partition = 0): Promise<Buffer> {
  const got: Buffer[] = [];
  for (let offset = 0n; ; ) {
    const { topics } = await client.ask('fetch', 11, fetchRequest(topic, offset, { maxBytes, partition }));
    const answer = topics[0]!.partitions[0]!;
    const bytes = whole(answer.records as Buffer);
    if (bytes.length === 0) return Buffer.concat(got);
    got.push(bytes);
    offset = nextOffset(bytes);
    must(offset <= answer.highWatermark, `Fetched up to ${offset}, beyond the end at ${answer.highWatermark}`);
  }
}

/** The batches that are there whole: a fetch ends in the middle of one. */
export function whole(bytes: Buffer): Buffer {
  let at = 0;
  while (at + 12 <= bytes.length && at + 12 + bytes.readInt32BE(at + 8) <= bytes.length)
    at += 12 + bytes.readInt32BE(at + 8);
  return bytes.subarray(0, at);
}

export function nextOffset(bytes: Buffer): bigint {
  let next = 0n;
  for (let at = 0; at < bytes.length; at += 12 + bytes.readInt32BE(at + 8)) {
    next = bytes.readBigInt64BE(at) + BigInt(bytes.readInt32BE(at + 23)) + 1n;
  }
  return next;
}
