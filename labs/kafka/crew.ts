/** Apache Kafka serving one topic by two listeners to a client that discards: its calls traced once, then its CPU time weighed. */
import { join } from 'node:path';
import { Meter } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { usageOf } from '#machine/process-usage.ts';
import type { Crew } from '#measure/crew.ts';
import { emptyCallNs } from '#measure/empty-calls.ts';
import type { Lab } from '#measure/lab.ts';
import type { Mode } from '#measure/request.ts';
import type { Cell } from '#measure/schedule.ts';
import { affordable, type Session } from '#measure/session.ts';
import type { WorkerAnswer } from '#measure/task.ts';
import { timeCrew } from '#measure/tasks.ts';
import type { Warning } from '#model/result.ts';
import { warning } from '#model/words/warnings.ts';
import { attach } from '#proof/calls/index.ts';
import { type Bench, JAVA_FLAGS, openBench, placeOf, segmentBytes } from './bench.ts';
import { cpuNsOf, threadsOf } from './broker-threads.ts';
import type { FetchAnswer, LookAnswer, OpenQuestion, ProduceAnswer, Source } from './client/protocol.ts';
import { mappedFiles } from './mapped-files.ts';
import { tracedFetches } from './traced-fetches.ts';

/** How much a mode measures. */
export interface KafkaAmount {
  readonly rounds: number;
  /** Bytes of the topic. */
  readonly bytes: number;
  /** Bytes that a consumer asks for at once. */
  readonly fetchBytes: readonly number[];
  /** Bytes of one sample at least, and requests. */
  readonly sampleBytes: number;
  /** What each kind of fetch takes before it is weighed: Java compiles what it does often. */
  readonly warm: { readonly bytes: number; readonly seconds: number };
}

const TOPIC = 'measured';
/** Several segments, so that several indexes can be mapped. */
const SEGMENTS = 4;
const SEGMENT_BYTES = 64 * 2 ** 20;
/** Bytes that are fetched while the broker is traced, at most, and part of the topic: tracing is slow. */
const TRACED_BYTES = 32 * 2 ** 20;
const TRACED_PART = 1 / 8;
const LEAST_FETCHES = 16;
/** How often a sample, or what goes before it, goes over a small topic at most. */
const MOST_TURNS = 16;

/** The `run` of the lab: variants are listeners. */
export function timeKafka(amounts: Record<Mode, KafkaAmount>): Lab['run'] {
  return async (lab, session) => {
    const { request, work } = session;
    const amount = amounts[request.mode];
    const bytes = affordable(request.bytes ?? amount.bytes, work);
    const settings = amount.fetchBytes.map((fetchBytes) => ({ fetchBytes }));
    const plan = { rounds: amount.rounds, settings };
    const warm = { ...amount.warm, bytes: Math.min(amount.warm.bytes, MOST_TURNS * bytes) };
    const sampleBytes = Math.min(amount.sampleBytes, MOST_TURNS * bytes);
    const rounds = request.rounds ?? amount.rounds;
    const said: Record<string, string | number> = {};
    const open = () => openKafka(session, { ...amount, bytes, rounds, warm, sampleBytes }, said);
    const result = await timeCrew({ quick: plan, default: plan, full: plan }, open)(lab, session);
    if (result.kind !== 'time') throw new Error('Expected a result with a clock');
    const own = coldness(warm, settings.length);
    return { ...result, parameters: { ...result.parameters, ...said }, warnings: [...own, ...result.warnings] };
  };
}

/** Java needs a while until it has compiled what it does often: the first 10 GiB cost two or three times as much. */
const WARM = { bytes: 10 * 2 ** 30, seconds: 60 };

/** A warning where a listener was not warm before the first sample. @param kinds fetches by each listener */
function coldness({ bytes, seconds }: KafkaAmount['warm'], kinds: number): readonly Warning[] {
  const all = { bytes: kinds * bytes, seconds: kinds * seconds };
  return all.bytes < WARM.bytes || all.seconds < WARM.seconds ? [warning('java-not-warm', all)] : [];
}

async function openKafka(session: Session, amount: KafkaAmount, said: Record<string, string | number>): Promise<Crew> {
  const bench = await openBench(session);
  const broker = await bench.start('broker');
  const produced = await bench.ask<ProduceAnswer>({
    ...{ do: 'produce', place: placeOf(broker.ports.plain), topic: TOPIC, replicas: [], packed: false },
    ...{
      configs: { 'segment.bytes': String(segmentBytes(amount.bytes, SEGMENTS, SEGMENT_BYTES)) },
      bytes: amount.bytes,
      seed: session.request.seed,
    },
  });
  const threads = await threadsOf(broker);
  Object.assign(said, {
    apacheKafka: bench.kafka.jars.version,
    javaFlags: JAVA_FLAGS.join(' '),
    congestion: bench.congestion,
    topicBytes: produced.bytes,
    warmBytes: amount.warm.bytes,
    warmSeconds: amount.warm.seconds,
  });
  const meter = new Meter();
  const looked = new Map<string, Looked>();

  return {
    async work(cell: Cell): Promise<WorkerAnswer> {
      const tls = cell.variant === 'tls';
      if (tls && bench.withoutTls) return { cannotRun: bench.withoutTls };
      const from: Source = { place: placeOf(tls ? broker.ports.tls : broker.ports.plain), tls, topic: TOPIC };
      // The first time nothing is weighed: bytes and calls are looked at, and the broker becomes warm.
      const key = `${cell.variant} ${cell.factors.fetchBytes}`;
      const seen = looked.get(key) ?? (await firstLook(session, bench, broker, { key, from, cell, amount, produced }));
      looked.set(key, seen);
      const before = usageOf(broker.pid);
      const networkBefore = cpuNsOf(broker.pid, threads.network);
      const handlersBefore = cpuNsOf(broker.pid, threads.handlers);
      const cpuBefore = meter.cpuNsOf(broker.pid);
      const fetched = await bench.ask<FetchAnswer>({ do: 'fetch', key });
      const cpuNs = meter.cpuNsOf(broker.pid) - cpuBefore;
      const networkCpuNs = cpuNsOf(broker.pid, threads.network) - networkBefore;
      const handlerCpuNs = cpuNsOf(broker.pid, threads.handlers) - handlersBefore;
      const after = usageOf(broker.pid);
      return {
        wallNs: fetched.wallNs,
        cpuNs,
        minorFaults: after.minorFaults - before.minorFaults,
        majorFaults: after.majorFaults - before.majorFaults,
        voluntarySwitches: after.voluntarySwitches - before.voluntarySwitches,
        involuntarySwitches: after.involuntarySwitches - before.involuntarySwitches,
        peakMemoryBytes: after.peakMemoryBytes,
        work: {
          bytes: fetched.bytes,
          check: seen.hash,
          receiverCpuNs: fetched.cpuNs,
          extra: {
            ...seen.extra,
            networkCpuNs,
            handlerCpuNs,
            operations: seen.fetches,
            bytesPerSecond: fetched.bytes / (fetched.wallNs / 1e9),
          },
        },
      };
    },
    emptyCallNs: async () => emptyCallNs(meter),
    end: () => bench.end(),
  };
}

/** What is known of a kind of fetch before it is weighed. */
interface Looked {
  readonly hash: string;
  /** Requests of one sample. */
  readonly fetches: number;
  readonly extra: Readonly<Record<string, number>>;
}

interface Kind {
  readonly key: string;
  readonly from: Source;
  readonly cell: Cell;
  readonly amount: KafkaAmount;
  readonly produced: ProduceAnswer;
}

async function firstLook(
  session: Session,
  bench: Bench,
  broker: { readonly pid: number; readonly dataFolder: string },
  { key, from, cell, amount, produced }: Kind,
): Promise<Looked> {
  const fetchBytes = Number(cell.factors.fetchBytes);
  const calls = await trace(session, bench, broker.pid, from, fetchBytes, produced);
  const fetches = Math.max(LEAST_FETCHES, Math.ceil(amount.sampleBytes / fetchBytes));
  const question: OpenQuestion = {
    ...{ do: 'open', key, from, fetchBytes, records: produced.records, fetches },
    // One more for the sample that is taken untimed, and one where the baseline is repeated.
    samples: 1 + (cell.role === 'baseline' ? 2 : 1) * amount.rounds,
  };
  const { hash } = await bench.ask<LookAnswer>(question);
  await bench.ask({ do: 'warm', key, ...amount.warm });
  const { indexes, logs } = mappedFiles(broker.pid, join(broker.dataFolder, `${TOPIC}-0`));
  return { hash, fetches, extra: { ...calls, mappedIndexes: indexes, mappedLogs: logs } };
}

/** A part of the topic fetched while strace looks; nothing where it may not. */
async function trace(
  { guard }: Session,
  bench: Bench,
  pid: number,
  from: Source,
  fetchBytes: number,
  { records, bytes }: ProduceAnswer,
): Promise<Readonly<Record<string, number>>> {
  const attachment = await attach(pid, guard).catch((error: unknown) => {
    if (error instanceof CannotRunHere) return null;
    throw error;
  });
  if (!attachment) return {};
  const part = Math.ceil(records * Math.min(TRACED_PART, TRACED_BYTES / bytes));
  const asked = { do: 'look', from, fetchBytes, records: part } as const;
  const { fetches, recordBytes } = await bench.ask<LookAnswer>(asked).finally(() => attachment.stop());
  const seen = tracedFetches(await attachment.release(), from.topic);
  return { tracedFetches: fetches, tracedBytes: recordBytes, ...seen };
}
