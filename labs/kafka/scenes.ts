/** What the lab kafka-calls looks at: each scene lets a broker do one thing while strace looks, and says what it saw. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '#measure/session.ts';
import type { CountSeries } from '#model/result.ts';
import type { Tally } from '#model/tally.ts';
import { attach } from '#proof/calls/index.ts';
import type { ApacheKafka } from './apache-kafka.ts';
import { type Bench, placeOf, segmentBytes } from './bench.ts';
import { threadsOf } from './broker-threads.ts';
import type { LookAnswer, ProduceAnswer, ProduceQuestion, Source } from './client/protocol.ts';
import { diskBytesOf, putOnDisk } from './disk-reads.ts';
import { mappedFiles } from './mapped-files.ts';
import { checkHash, checkReplica, logsOf } from './replicas.ts';
import { countSyncs, syncsDuring } from './syncs.ts';
import { runTool } from './tool.ts';
import { tracedFetches } from './traced-fetches.ts';

type Sample = Omit<CountSeries['samples'][number], 'round' | 'order'>;

/** What every scene needs. */
export interface Stage {
  readonly session: Session;
  readonly bench: Bench;
  readonly broker: ApacheKafka;
  /** A second node of the same cluster, started when a scene asks for it. */
  second(): Promise<ApacheKafka>;
  /** Bytes of records of a scene. */
  readonly bytes: number;
  /** Hash of the records that every scene produces or fetches. */
  readonly hash: string;
  /** A topic that no scene has used. */
  newTopic(): string;
}

/** Bytes of a fetch: enough that the log is most of the answer. */
const FETCH_BYTES = 2 ** 20;
/** Enough rolls to be counted in every mode. */
const SEGMENTS = 4;
const MOST_SEGMENT_BYTES = 4 * 2 ** 20;

export type Scene = (stage: Stage) => Promise<Sample>;

export const scenes: Readonly<Record<string, Scene>> = {
  plaintext: (stage) => fetching(stage, { tls: false }),
  tls: (stage) => fetching(stage, { tls: true }),
  compressed: (stage) => fetching(stage, { tls: false, packed: true }),
  'small-batches': (stage) => fetching(stage, { tls: false, small: true }),
  async produce(stage) {
    const topic = stage.newTopic();
    const { tally, got } = await traced(stage, () => produce(stage, { topic }));
    await checkStored(stage, topic, got);
    return sampleOf(stage, tally, topic, { recordBytes: got.bytes, requests: got.requests });
  },
  async roll(stage) {
    const topic = stage.newTopic();
    let got: ProduceAnswer | undefined;
    const lines = await syncsDuring(stage.session, stage.broker.pid, async () => {
      got = await produce(stage, { topic });
    });
    if (!got) throw new Error('Cannot count syncs: nothing was produced');
    await checkStored(stage, topic, got);
    const segments = logsOf(stage.broker, topic).length;
    const extra = {
      recordBytes: got.bytes,
      requests: got.requests,
      rolls: segments - 1,
      logSyncs: countSyncs(lines, topic, '.log'),
    };
    return { payloadBytes: got.bytes, calls: null, extra };
  },
  async follower(stage) {
    const second = await stage.second();
    const topic = stage.newTopic();
    const { tally, got } = await traced(stage, () =>
      produce(stage, { topic, replicas: [stage.broker.nodeId, second.nodeId] }),
    );
    await checkReplica(second, topic, { bytes: got.bytes, hash: stage.hash });
    return sampleOf(stage, tally, topic, { recordBytes: got.bytes, requests: got.requests });
  },
  reassign: (stage) => moving(stage, 'in memory'),
  'reassign-cold': (stage) => moving(stage, 'on the disk'),
};

/** A partition that another broker gets a copy of, and what the network threads of this one had to fetch for it. */
async function moving(stage: Stage, log: 'in memory' | 'on the disk'): Promise<Sample> {
  const { broker } = stage;
  const second = await stage.second();
  const topic = stage.newTopic();
  const got = await produce(stage, { topic });
  if (log === 'on the disk') for (const path of logsOf(broker, topic)) putOnDisk(path);
  const { network } = await threadsOf(broker);
  const before = diskBytesOf(broker.pid, network);
  const { tally } = await traced(stage, async () => {
    await reassign(stage, topic, [broker.nodeId, second.nodeId]);
    await checkReplica(second, topic, { bytes: got.bytes, hash: stage.hash });
  });
  const networkDiskBytes = diskBytesOf(broker.pid, network) - before;
  return sampleOf(stage, tally, topic, { recordBytes: got.bytes, requests: 0, networkDiskBytes });
}

/** A consumer that reads a topic from its beginning. */
async function fetching(
  stage: Stage,
  {
    tls,
    packed = false,
    small = false,
  }: { readonly tls: boolean; readonly packed?: boolean; readonly small?: boolean },
): Promise<Sample> {
  const topic = stage.newTopic();
  const { records } = await produce(stage, { topic, packed, small });
  const { ports } = stage.broker;
  const from: Source = { place: placeOf(tls ? ports.tls : ports.plain), tls, topic };
  const asked = { do: 'look', from, fetchBytes: FETCH_BYTES, records } as const;
  const { tally, got } = await traced(stage, () => stage.bench.ask<LookAnswer>(asked));
  if (!small) checkHash(topic, got.hash, stage.hash);
  const { recordBytes, fetches: requests, batches, compressedBatches } = got;
  return sampleOf(stage, tally, topic, { recordBytes, requests, batches, compressedBatches });
}

/** `segment.bytes` of the topics of scenes with so many bytes. */
export const sceneSegmentBytes = (bytes: number): number => segmentBytes(bytes, SEGMENTS, MOST_SEGMENT_BYTES);

async function produce(
  { bench, broker, session, bytes }: Pick<Stage, 'bench' | 'broker' | 'session' | 'bytes'>,
  options: Pick<ProduceQuestion, 'topic'> & Partial<ProduceQuestion>,
): Promise<ProduceAnswer> {
  // Led by this broker, also where there is a second one.
  const common = { do: 'produce', place: placeOf(broker.ports.plain), replicas: [broker.nodeId] } as const;
  const configs = { 'segment.bytes': String(sceneSegmentBytes(bytes)) };
  return await bench.ask({ ...common, configs, bytes, seed: session.request.seed, ...options });
}

/** @throws {CannotRunHere} where the broker may not be traced */
async function traced<T>(stage: Stage, work: () => Promise<T>): Promise<{ tally: Tally; got: T }> {
  const attachment = await attach(stage.broker.pid, stage.session.guard);
  const got = await work().finally(() => attachment.stop());
  return { got, tally: await attachment.release() };
}

function sampleOf(
  { broker }: Stage,
  tally: Tally,
  topic: string,
  extra: Readonly<Record<string, number>> & { readonly recordBytes: number },
): Sample {
  const { indexes, logs } = mappedFiles(broker.pid, join(broker.dataFolder, `${topic}-0`));
  const { calls } = tally;
  const made = (names: readonly string[]) => names.reduce((sum, name) => sum + (calls[name] ?? 0), 0);
  return {
    payloadBytes: extra.recordBytes,
    calls: { ...calls },
    extra: {
      ...extra,
      ...tracedFetches(tally, topic),
      readCalls: made(['read', 'pread', 'readv', 'preadv']),
      writeCalls: made(['write', 'pwrite', 'writev', 'sendto', 'sendmsg']),
      mappedIndexes: indexes,
      mappedLogs: logs,
    },
  };
}

/** Reads what was produced, which nobody traces any more. */
async function checkStored({ bench, broker, hash }: Stage, topic: string, { records }: ProduceAnswer): Promise<void> {
  const from: Source = { place: placeOf(broker.ports.plain), tls: false, topic };
  const looked = await bench.ask<LookAnswer>({ do: 'look', from, fetchBytes: FETCH_BYTES, records });
  checkHash(topic, looked.hash, hash);
}

async function reassign({ bench, broker, session }: Stage, topic: string, replicas: readonly number[]): Promise<void> {
  const file = join(session.folder, `${topic}.json`);
  writeFileSync(file, JSON.stringify({ version: 1, partitions: [{ topic, partition: 0, replicas }] }));
  const args = ['--bootstrap-server', broker.bootstrap, '--reassignment-json-file', file, '--execute'];
  await runTool('reassign', args, bench.kafka);
}
