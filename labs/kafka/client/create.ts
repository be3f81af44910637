import { lookup } from 'node:dns/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type Connection, type Place, PlainConnection } from './connection.ts';
import type { CreateAnswer, CreateQuestion } from './protocol.ts';
import { checkCreated, createTopicFrame, foundLeader, leaderFrame } from './requests.ts';

const LEADER_MS = 30_000;
const AGAIN_MS = 50;

/** Makes a topic in a cluster, and finds the broker that leads it. @throws {Error} with what the broker says */
export async function create({ place, topic, configs }: CreateQuestion): Promise<CreateAnswer> {
  using connection = new PlainConnection(place);
  checkCreated(await connection.ask(createTopicFrame(topic, configs)));
  const { brokers, leader } = await leaderOf(connection, topic);
  // The only broker is the one that is asked, whatever it is called from inside.
  if (brokers === 1) return { leader: place };
  const { address } = await lookup(leader.host, { family: 4 });
  return { leader: { host: address, port: leader.port } };
}

/** A topic that was just made has no leader for some tenths of a second. */
async function leaderOf(connection: Connection, topic: string): Promise<{ brokers: number; leader: Place }> {
  for (const deadline = Date.now() + LEADER_MS; ; await wait(AGAIN_MS)) {
    const { brokers, leader } = foundLeader(await connection.ask(leaderFrame(topic)));
    if (leader) return { brokers, leader };
    if (Date.now() > deadline) throw new Error(`Cannot find who leads '${topic}': nobody for ${LEADER_MS / 1000} s`);
  }
}
