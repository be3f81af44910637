import type { Connection } from './connection.ts';
import { batchesOf, compressed } from './data.ts';
import type { ProduceAnswer, ProduceQuestion } from './protocol.ts';
import { checkCreated, createTopicFrame, producedOffset, produceFrame } from './requests.ts';

/** A topic that was just made has no leader yet, and brokers answer with an error for some tenths of a second. */
const LEADER_MS = 30_000;
const AGAIN_MS = 50;
/** recordCount of a batch. */
const COUNT_AT = 57;
/** Small batches are a request each, so fewer bytes of them take as long. */
const SMALL_SHARE = 1 / 32;

/** Produces batches to a topic, which it makes unless it is there, one after the other. */
export async function produce(connection: Connection, question: ProduceQuestion): Promise<ProduceAnswer> {
  const { topic, configs, replicas, seed, packed = false, small = false } = question;
  if (configs) checkCreated(await connection.ask(createTopicFrame(topic, configs, replicas)));
  const bytes = small ? question.bytes * SMALL_SHARE : question.bytes;
  const packedOnce = new Map<Buffer, Buffer>();
  let answer: ProduceAnswer = { records: 0, bytes: 0, requests: 0 };
  for (const batch of batchesOf(bytes, seed, small)) {
    const sent = packed ? (packedOnce.get(batch) ?? compressed(batch)) : batch;
    if (packed) packedOnce.set(batch, sent);
    const frame = produceFrame(topic, sent);
    if (answer.requests === 0) await first(connection, frame);
    else producedOffset(await connection.ask(frame));
    answer = {
      records: answer.records + sent.readInt32BE(COUNT_AT),
      bytes: answer.bytes + sent.length,
      requests: answer.requests + 1,
    };
  }
  return answer;
}

/** The first batch waits until the topic has a leader, and every replica is in sync. */
async function first(connection: Connection, frame: Buffer): Promise<void> {
  for (const deadline = Date.now() + LEADER_MS; ; ) {
    try {
      producedOffset(await connection.ask(frame));
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}
