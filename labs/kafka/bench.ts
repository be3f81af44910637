/** An Apache Kafka and a client in a network of their own, both pinned: what the labs of this folder measure with. */
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Child } from '#machine/child.ts';
import { ownNetwork } from '#machine/networks.ts';
import { networkOf, ROUTE_CONGESTION } from '#machine/own-loopback.ts';
import type { Session } from '#measure/session.ts';
import { makeCertificate } from '#proof/copies/programs/certificate.ts';
import { IDLE_MS } from '../broker/start-broker.ts';
import { ApacheKafka, type ApacheKafkaOptions } from './apache-kafka.ts';
import type { ClientQuestion } from './client/protocol.ts';
import { provideJars } from './jars.ts';
import { findJava } from './java.ts';
import type { KafkaPrograms } from './tool.ts';

/** The heap is small on purpose; the others are those of kafka-run-class.sh of 4.3.1. */
export const JAVA_FLAGS = [
  '-Xmx512m',
  '-server',
  '-XX:+UseG1GC',
  '-XX:MaxGCPauseMillis=20',
  '-XX:InitiatingHeapOccupancyPercent=35',
  '-XX:+ExplicitGCInvokesConcurrent',
  '-Djava.awt.headless=true',
];

const DEADLINE_MS = 600_000;
const HOST = '127.0.0.1';

export interface Bench {
  readonly kafka: KafkaPrograms;
  readonly client: Child;
  /** What starts a program in this network. */
  readonly launcher: readonly string[];
  /** Congestion control of every connection: the route's, or the machine's where there is no network of one's own. */
  readonly congestion: string;
  /** A file with key and certificate; null without openssl. */
  readonly keystore: string | null;
  /** Why there is none. */
  readonly withoutTls: { readonly why: string; readonly args: Record<string, string | number> } | null;
  ask<T>(question: ClientQuestion): Promise<T>;
  /** Starts a broker in this network, on the CPU of senders. */
  start(name: string, options?: Partial<ApacheKafkaOptions>): Promise<ApacheKafka>;
  end(): void;
}

/** The same without the compiler that takes longest: where nothing is timed, a broker only has to be there soon. */
export const QUICK_JAVA_FLAGS = [...JAVA_FLAGS, '-XX:TieredStopAtLevel=1'];

export interface BenchOptions {
  /** In a network of its own where that is allowed; else in the machine's, where strace knows addresses. */
  readonly apart?: boolean;
  readonly javaFlags?: readonly string[];
}

/** @throws {CannotRunHere} without Java, or without the jars and without Maven */
export async function openBench(
  session: Session,
  { apart = true, javaFlags = JAVA_FLAGS }: BenchOptions = {},
): Promise<Bench> {
  const { guard, placement, folder } = session;
  const java = findJava();
  const jars = await provideJars(guard, (line) => process.stderr.write(`${line}\n`));
  const { client, launcher, congestion } = await startClient(session, apart);
  const { keystore, withoutTls } = await makeKeystore(session);
  const kafka = { java, jars, guard, launcher };
  const brokers: ApacheKafka[] = [];
  return {
    ...{ kafka, client, launcher, congestion, keystore, withoutTls },
    ask: (question) => client.ask(question, DEADLINE_MS),
    async start(name, options = {}) {
      const place = join(realpathSync(folder), name);
      mkdirSync(place);
      const common = { 'connections.max.idle.ms': String(IDLE_MS), ...options.properties };
      const broker = await ApacheKafka.start(kafka, {
        ...options,
        folder: place,
        cpu: placement.sender,
        flags: javaFlags,
        properties: common,
        ...(keystore ? { keystore } : {}),
      });
      brokers.push(broker);
      return broker;
    },
    end() {
      client.end();
      // The guard ends those that do not end by themselves.
      for (const broker of brokers) void broker[Symbol.asyncDispose]();
    },
  };
}

/** The smallest `segment.bytes` that Kafka 4 takes (KIP-1030). */
const LEAST_SEGMENT_BYTES = 2 ** 20;

/** Segments so large that a topic has several. Bytes. @param most bytes of one at most */
export function segmentBytes(topicBytes: number, segments: number, most: number): number {
  return Math.max(LEAST_SEGMENT_BYTES, Math.min(most, Math.floor(topicBytes / segments)));
}

export const placeOf = (port: number) => ({ host: HOST, port });

/** In a network of its own where that is allowed: brokers are started in the same one. */
async function startClient(session: Session, apart: boolean) {
  const start = (launcher: readonly string[]) =>
    session.startChild('client', new URL('./client/client.ts', import.meta.url), session.placement.receiver, {
      launcher,
    });
  const here = { launcher: [], congestion: session.environment.tcp.congestionControlDefault ?? 'unknown' };
  if (!apart) return { client: start([]), ...here };
  let way: readonly string[];
  try {
    way = ownNetwork();
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    return { client: start([]), ...here };
  }
  const client = start(way);
  const question: ClientQuestion = { do: 'network' };
  const { opened } = await client.ask<{ opened: boolean }>(question, DEADLINE_MS);
  if (opened) return { client, launcher: networkOf(client.pid, way), congestion: ROUTE_CONGESTION };
  client.end();
  return { client: start([]), ...here };
}

async function makeKeystore(session: Session): Promise<Pick<Bench, 'keystore' | 'withoutTls'>> {
  try {
    const { file, key } = await makeCertificate(session);
    const keystore = join(session.folder, 'keystore.pem');
    writeFileSync(keystore, readFileSync(key, 'utf8') + readFileSync(file, 'utf8'));
    return { keystore, withoutTls: null };
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    return { keystore: null, withoutTls: { why: error.code, args: { ...error.args } } };
  }
}
