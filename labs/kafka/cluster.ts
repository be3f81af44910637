/** A cluster of the reader's in place of an Apache Kafka of ours: one topic is made there, fetched from its leader, and deleted. */
import { lookup } from 'node:dns/promises';
import { Meter } from '#libc';
import type { Crew } from '#measure/crew.ts';
import { emptyCallNs } from '#measure/empty-calls.ts';
import { BadRequest, type Lab } from '#measure/lab.ts';
import type { Mode } from '#measure/request.ts';
import type { Cell } from '#measure/schedule.ts';
import type { Session } from '#measure/session.ts';
import type { WorkerAnswer } from '#measure/task.ts';
import { timeCrew } from '#measure/tasks.ts';
import type { Warning } from '#model/result.ts';
import { weigh } from '../broker/weigh.ts';
import { segmentBytes } from './bench.ts';
import { borrowTopic } from './borrowed-topic.ts';
import type { Place } from './client/connection.ts';
import { recordsHash } from './client/data.ts';
import type { ClientQuestion, FetchAnswer, LookAnswer, ProduceAnswer } from './client/protocol.ts';
import { findBroker } from './find-broker.ts';
import { checkHash } from './replicas.ts';

/** How much a mode measures. */
export interface ClusterAmount {
  readonly rounds: number;
  /** Bytes of the topic. */
  readonly bytes: number;
  readonly fetchBytes: readonly number[];
  /** Bytes of one sample at least. */
  readonly sampleBytes: number;
}

const DEADLINE_MS = 600_000;
const LEAST_FETCHES = 16;
const SEGMENTS = 4;
const SEGMENT_BYTES = 64 * 2 ** 20;

/** What the run says beside its samples. */
interface Said {
  readonly parameters: Record<string, string | number>;
  readonly warnings: Warning[];
}

/** The `run` of the lab with --bootstrap. */
export function timeCluster(amounts: Record<Mode, ClusterAmount>): Lab['run'] {
  return async (lab, session) => {
    const { request } = session;
    const amount = amounts[request.mode];
    const plan = { rounds: amount.rounds, settings: amount.fetchBytes.map((fetchBytes) => ({ fetchBytes })) };
    const said: Said = { parameters: {}, warnings: [] };
    const asked = { ...amount, bytes: request.bytes ?? amount.bytes, rounds: request.rounds ?? amount.rounds };
    const open = () => openCluster(session, asked, said);
    const result = await timeCrew({ quick: plan, default: plan, full: plan }, open)(lab, session);
    const parameters = { ...result.parameters, ...said.parameters };
    return { ...result, parameters, warnings: [...said.warnings, ...result.warnings] };
  };
}

async function openCluster(session: Session, amount: ClusterAmount, { parameters, warnings }: Said): Promise<Crew> {
  const { seed } = session.request;
  const place = await placeOf(session);
  const client = session.startChild(
    'client',
    new URL('./client/client.ts', import.meta.url),
    session.placement.receiver,
  );
  const ask = <T>(question: ClientQuestion, timeoutMs = DEADLINE_MS) => client.ask<T>(question, timeoutMs);
  const ofSegment = segmentBytes(amount.bytes, SEGMENTS, SEGMENT_BYTES);
  const { topic, leader } = await borrowTopic(session, place, ask, { 'segment.bytes': String(ofSegment) });
  const produced = await ask<ProduceAnswer>({
    ...{ do: 'produce', place: leader, topic, configs: null, replicas: [], bytes: amount.bytes, seed },
  });
  const hash = recordsHash(amount.bytes, seed);
  const broker = findBroker(leader);
  if ('unseen' in broker) warnings.push(broker.unseen);
  Object.assign(parameters, { cluster: `${leader.host}:${leader.port}`, topicBytes: produced.bytes });
  const meter = new Meter();
  const brokerNs = 'pid' in broker ? () => meter.cpuNsOf(broker.pid) : null;
  const opened = new Set<string>();

  return {
    async work({ role, factors }: Cell): Promise<WorkerAnswer> {
      const fetchBytes = Number(factors.fetchBytes);
      const fetches = Math.max(LEAST_FETCHES, Math.ceil(amount.sampleBytes / fetchBytes));
      const key = `${fetchBytes}`;
      if (!opened.has(key)) {
        // The first time nothing is weighed: all records are looked at.
        const samples = 1 + (role === 'baseline' ? 2 : 1) * amount.rounds;
        const from = { place: leader, tls: false, topic };
        const { records } = produced;
        const looked = await ask<LookAnswer>({ do: 'open', key, from, fetchBytes, records, fetches, samples });
        checkHash(topic, looked.hash, hash);
        await ask({ do: 'warm', key, bytes: amount.sampleBytes, seconds: 1 });
        opened.add(key);
      }
      const { got, weight } = await weigh(client.pid, async () => {
        const before = brokerNs?.();
        const fetched = await ask<FetchAnswer>({ do: 'fetch', key });
        return { ...fetched, brokerCpuNs: before === undefined ? null : (brokerNs?.() ?? 0) - before };
      });
      const { wallNs, bytes, brokerCpuNs } = got;
      const ofBroker: Record<string, number> =
        brokerCpuNs === null ? {} : { brokerNsPerGiB: brokerCpuNs / (bytes / 2 ** 30) };
      const extra = { operations: fetches, bytesPerSecond: bytes / (wallNs / 1e9), ...ofBroker };
      // The working process is our client; the broker has a part in it.
      return { ...weight, wallNs, work: { bytes, check: hash, receiverCpuNs: brokerCpuNs ?? 0, extra } };
    },
    emptyCallNs: async () => emptyCallNs(meter),
    end: () => client.end(),
  };
}

/** Where the cluster is, by an address of IPv4. @throws {BadRequest} for a name that nobody knows */
async function placeOf({ request: { bootstrap } }: Session): Promise<Place> {
  if (!bootstrap) throw new Error('Cannot ask a cluster: nobody said where it is');
  try {
    const { address } = await lookup(bootstrap.host, { family: 4 });
    return { host: address, port: bootstrap.port };
  } catch (error) {
    throw new BadRequest(`Cannot find '${bootstrap.host}': it has no address of IPv4 here`, { cause: error });
  }
}
