/** A topic in a cluster that is somebody's: made for one run, and gone with it whatever happens. */
import { randomBytes } from 'node:crypto';
import { BadRequest } from '#measure/lab.ts';
import type { Session } from '#measure/session.ts';
import type { Place } from './client/connection.ts';
import type { ClientQuestion, CreateAnswer } from './client/protocol.ts';

export interface BorrowedTopic {
  readonly topic: string;
  /** Where it is: the broker that leads it. */
  readonly leader: Place;
}

const REACH_MS = 10_000;
const CREATE_MS = 60_000;
const DELETE_MS = 30_000;
/** Should nobody be left who could delete the topic, its records go after a day; one replica is enough to produce to. */
const CONFIGS = { 'min.insync.replicas': '1', 'retention.ms': '86400000', 'compression.type': 'producer' };

/** Says its name, makes it, and sees to it that it is deleted. @throws {BadRequest} where the cluster does not make it */
export async function borrowTopic(
  session: Session,
  place: Place,
  ask: <T>(question: ClientQuestion, timeoutMs: number) => Promise<T>,
  configs: Readonly<Record<string, string>>,
): Promise<BorrowedTopic> {
  const topic = `zero-copy-measured-${randomBytes(6).toString('hex')}`;
  const where = `${place.host}:${place.port}`;
  await orRefused(where, ask({ do: 'reach', place, topic }, REACH_MS));
  process.stderr.write(`kafka: makes the topic ${topic} at ${where}, and deletes it at the end\n`);
  session.atEnd(() => deleteTopic(session, place, topic));
  const made = { do: 'create', place, topic, configs: { ...CONFIGS, ...configs } } as const;
  const { leader } = await orRefused(where, ask<CreateAnswer>(made, CREATE_MS));
  return { topic, leader };
}

async function orRefused<T>(where: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const why = (error as Error).message;
    throw new BadRequest(
      `Cannot use ${where}: ${why}; expected a broker of Kafka with a listener that neither encrypts nor asks who comes`,
      { cause: error },
    );
  }
}

/** By a client of its own: that of the run may be in the middle of something. Says it where the topic is left. */
async function deleteTopic(session: Session, place: Place, topic: string): Promise<void> {
  const file = new URL('./client/client.ts', import.meta.url);
  const client = session.startChild('client', file, session.placement.receiver);
  try {
    const question: ClientQuestion = { do: 'delete', place, topic };
    await client.ask(question, DELETE_MS);
    process.stderr.write(`kafka: deleted the topic ${topic}\n`);
  } catch (error) {
    const server = `${place.host}:${place.port}`;
    process.stderr.write(
      `kafka: could not delete the topic ${topic}: ${(error as Error).message}; if it is there, ` +
        `delete it by hand: kafka-topics.sh --bootstrap-server ${server} --delete --topic ${topic}\n`,
    );
  } finally {
    client.end();
  }
}
