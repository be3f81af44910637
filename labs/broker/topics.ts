/** The topics of a run: one for each size of batch. */
import type { ProduceAnswer } from '#broker/client/protocol.ts';
import type { Child } from '#machine/child.ts';
import type { Factors } from '#model/result.ts';
import { ask } from './ask.ts';
import { askOf, DISK_BATCH_BYTES, parts, topicOf } from './asks.ts';

/** Batches of a topic at most: small ones take as long to produce as large ones. */
const MOST_BATCHES = 8000;
const LEAST_BYTES = 2 ** 20;

/** Fills the topics that the settings ask for. @returns records of a batch, by its size */
export async function makeTopics(
  client: Child,
  port: number,
  settings: readonly Factors[],
  bytes: number,
): Promise<Map<number, number>> {
  const records = new Map<number, number>();
  for (const batchBytes of batchSizes(settings)) {
    const topic = topicOf(batchBytes);
    const own = Math.min(bytes, Math.max(MOST_BATCHES * batchBytes, LEAST_BYTES));
    await ask(client, { do: 'create', port, topic });
    const made = await ask<ProduceAnswer>(client, { do: 'produce', port, topic, batchBytes, bytes: own });
    records.set(batchBytes, made.records / (made.bytes / batchBytes));
  }
  return records;
}

/** Sizes of batches that are fetched; consumers that do not read have a broker of their own. */
export function batchSizes(settings: readonly Factors[]): ReadonlySet<number> {
  const asks = settings.map(askOf).filter(({ part }) => part !== parts.slow);
  const besides = asks.some(({ part }) => part === parts.beside) ? [DISK_BATCH_BYTES] : [];
  return new Set([...asks.map(({ batchBytes }) => batchBytes), ...besides]);
}
