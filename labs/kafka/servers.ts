/** Who is asked in the lab kafka, by variant: on one CPU, in one network, with the same socket options and the same records. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { segmentFile } from '#broker/storage/segment-name.ts';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Session } from '#measure/session.ts';
import type { WorkerAnswer } from '#measure/task.ts';
import { startBare } from '../broker/bare-loop.ts';
import { KAFKA_SEND_BUFFER_BYTES } from '../broker/servers.ts';
import { startBroker } from '../broker/start-broker.ts';
import type { ApacheKafka } from './apache-kafka.ts';
import { type Bench, placeOf, segmentBytes } from './bench.ts';
import { type BrokerThreads, threadsOf } from './broker-threads.ts';
import type { ProduceAnswer, Source } from './client/protocol.ts';

/** Who answers. */
export interface Server {
  readonly pid: number;
  readonly from: Source;
  /** Folder of the topic's partition. */
  readonly partition: string;
  /** Those of Java; null where it is none. */
  readonly threads: BrokerThreads | null;
}

/** Why a variant is not asked. */
export type Missing = Extract<WorkerAnswer, { cannotRun: unknown }>;

export interface Servers {
  readonly produced: ProduceAnswer;
  of(variant: string): Server | Missing;
  end(): void;
}

export const TOPIC = 'measured';
/** Several segments, so that several indexes can be mapped. */
const SEGMENTS = 4;
const SEGMENT_BYTES = 64 * 2 ** 20;
/** `socket.send.buffer.bytes`: the kernel makes a socket's send buffer as large as its traffic needs, tcp(7). */
const KERNELS_BUFFER = { 'socket.send.buffer.bytes': '-1' };

/** Each broker has a log of its own, and the loop in C has one file. */
export const logsOf = (variants: readonly string[]): number => variants.filter((one) => one !== 'tls').length;

/** Starts those that are asked for and fills their logs. */
export async function openServers(
  session: Session,
  bench: Bench,
  { bytes, variants }: { readonly bytes: number; readonly variants: readonly string[] },
): Promise<Servers> {
  const kafka = await bench.start('broker');
  const ofSegment = segmentBytes(bytes, SEGMENTS, SEGMENT_BYTES);
  const configs = { 'segment.bytes': String(ofSegment) };
  const produced = await produce(session, bench, { port: kafka.ports.plain, configs, bytes });
  const common = await serverOf(kafka);
  const adapting = variants.includes('plaintext-auto')
    ? await bench.start('auto', { properties: KERNELS_BUFFER })
    : null;
  if (adapting) await produce(session, bench, { port: adapting.ports.plain, configs, bytes });
  const own = variants.some((one) => one === 'own' || one === 'bare')
    ? await startOwn(session, bench, ofSegment)
    : null;
  if (own) await produce(session, bench, { port: own.port, configs: {}, bytes });
  // The loop sends what our broker has stored.
  const bare =
    own && variants.includes('bare') ? await startLoop(session, bench, own.server.partition, produced) : null;
  const servers: Readonly<Record<string, Server | Missing>> = {
    plaintext: { ...common, from: sourceAt(kafka.ports.plain) },
    tls: bench.withoutTls
      ? { cannotRun: bench.withoutTls }
      : { ...common, from: { ...sourceAt(kafka.ports.tls), tls: true } },
    ...(adapting ? { 'plaintext-auto': { ...(await serverOf(adapting)), from: sourceAt(adapting.ports.plain) } } : {}),
    ...(own ? { own: own.server } : {}),
    ...(bare ? { bare } : {}),
  };
  return {
    produced,
    of(variant) {
      const server = servers[variant];
      if (!server) throw new Error(`Cannot ask '${variant}': no server answers so`);
      return server;
    },
    end: () => own?.end(),
  };
}

const sourceAt = (port: number): Source => ({ place: placeOf(port), tls: false, topic: TOPIC });
const partitionIn = (folder: string): string => join(folder, `${TOPIC}-0`);

async function serverOf(kafka: ApacheKafka): Promise<Omit<Server, 'from'>> {
  return { pid: kafka.pid, partition: partitionIn(kafka.dataFolder), threads: await threadsOf(kafka) };
}

/** The same batches for everybody who has the same seed. */
async function produce(
  { request }: Session,
  bench: Bench,
  { port, ...rest }: { port: number; configs: Readonly<Record<string, string>>; bytes: number },
): Promise<ProduceAnswer> {
  const common = { do: 'produce', topic: TOPIC, replicas: [], seed: request.seed } as const;
  return await bench.ask({ ...common, ...rest, place: placeOf(port) });
}

/** Our broker. Its congestion control is the network's, as Apache Kafka's is. */
async function startOwn(session: Session, { launcher }: Bench, ofSegment: number) {
  const folder = join(session.folder, 'own');
  const listeners = [{ port: 0, fetch: 'sendfile' as const, sendBufferBytes: KAFKA_SEND_BUFFER_BYTES }];
  const options = { folder, listeners, log: { segmentBytes: ofSegment } };
  const { pid, ports, end } = await startBroker(session, options, launcher);
  const port = ports[0] as number;
  return { server: { pid, from: sourceAt(port), partition: partitionIn(folder), threads: null }, port, end };
}

/** The loop in C, on one file with what our broker's segments hold. Batches of a lab are all of one size. */
async function startLoop(
  session: Session,
  { launcher, congestion }: Bench,
  segments: string,
  { bytes, records, requests }: ProduceAnswer,
): Promise<Server | Missing> {
  const partition = partitionIn(join(session.folder, 'loop'));
  mkdirSync(partition, { recursive: true });
  const path = segmentFile(partition, 0n, 'log');
  const logs = readdirSync(segments).filter((name) => name.endsWith('.log'));
  for (const name of logs.toSorted()) appendFileSync(path, readFileSync(join(segments, name)));
  const log = { path, batchBytes: bytes / requests, batchRecords: records / requests };
  const options = { congestion, sendBufferBytes: KAFKA_SEND_BUFFER_BYTES, launcher };
  try {
    const { pid, port } = await startBare(session, 'sendfile', log, options);
    return { pid, from: sourceAt(port), partition, threads: null };
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    return { cannotRun: { why: error.code, args: { ...error.args } } };
  }
}
