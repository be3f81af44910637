/** Apache Kafka, and beside it what does less, serving one topic to a client that discards: calls traced once, then CPU time weighed. */
import { Meter } from '#libc';
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
import { weigh } from '../broker/weigh.ts';
import { JAVA_FLAGS, openBench } from './bench.ts';
import { cpuNsOf } from './broker-threads.ts';
import type { FetchAnswer } from './client/protocol.ts';
import { firstLook, type Looked, type Warming } from './first-look.ts';
import { logsOf, openServers, type Server } from './servers.ts';

/** How much a mode measures. */
export interface KafkaAmount {
  readonly rounds: number;
  /** Bytes of the topic. */
  readonly bytes: number;
  /** Variants that are left out: another Apache Kafka takes a while to start, and to become warm. */
  readonly without?: readonly string[];
  /** Bytes that a consumer asks for at once. */
  readonly fetchBytes: readonly number[];
  /** Bytes of one sample at least, and requests. */
  readonly sampleBytes: number;
  /** What each kind of fetch takes before it is weighed. */
  readonly warm: Warming;
}

/** How often a sample, or what goes before it, goes over a small topic at most. */
const MOST_TURNS = 16;

/** The `run` of the lab: variants are servers, or listeners of one. */
export function timeKafka(amounts: Record<Mode, KafkaAmount>): Lab['run'] {
  return async (lab, session) => {
    const { request, work } = session;
    const amount = amounts[request.mode];
    const { without = [] } = amount;
    const variants = Object.keys(lab.variants).filter((one) => !without.includes(one));
    const logs = logsOf(variants);
    const bytes = Math.floor(affordable(logs * (request.bytes ?? amount.bytes), work) / logs);
    const settings = amount.fetchBytes.map((fetchBytes) => ({ fetchBytes }));
    const plan = { rounds: amount.rounds, settings, skip: (variant: string) => without.includes(variant) };
    const warm = { ...amount.warm, bytes: Math.min(amount.warm.bytes, MOST_TURNS * bytes) };
    const sampleBytes = Math.min(amount.sampleBytes, MOST_TURNS * bytes);
    const rounds = request.rounds ?? amount.rounds;
    const said: Record<string, string | number> = {};
    const open = () => openKafka(session, { ...amount, bytes, variants, rounds, warm, sampleBytes }, said);
    const result = await timeCrew({ quick: plan, default: plan, full: plan }, open)(lab, session);
    if (result.kind !== 'time') throw new Error('Expected a result with a clock');
    const own = coldness(warm, settings.length);
    return { ...result, parameters: { ...result.parameters, ...said }, warnings: [...own, ...result.warnings] };
  };
}

/** Java needs a while until it has compiled what it does often: the first 10 GiB cost two or three times as much. */
const WARM = { bytes: 10 * 2 ** 30, seconds: 60 };
/** Node compiles sooner, and C has nothing to compile. */
const NO_JAVA_PART = 1 / 3;

/** A warning where a listener was not warm before the first sample. @param kinds fetches by each listener */
function coldness({ bytes, seconds }: Warming, kinds: number): readonly Warning[] {
  const all = { bytes: kinds * bytes, seconds: kinds * seconds };
  return all.bytes < WARM.bytes || all.seconds < WARM.seconds ? [warning('java-not-warm', all)] : [];
}

/** The same for all, or less where that is enough. */
function warmingOf({ threads }: Server, { bytes, seconds }: Warming): Warming {
  return threads ? { bytes, seconds } : { bytes: NO_JAVA_PART * bytes, seconds: 0 };
}

async function openKafka(
  session: Session,
  amount: KafkaAmount & { readonly variants: readonly string[] },
  said: Record<string, string | number>,
): Promise<Crew> {
  const bench = await openBench(session);
  const servers = await openServers(session, bench, amount);
  const { produced } = servers;
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
      const server = servers.of(cell.variant);
      if ('cannotRun' in server) return server;
      // The first time nothing is weighed: bytes and calls are looked at, and the server becomes warm.
      const key = `${cell.variant} ${cell.factors.fetchBytes}`;
      const kind = { ...amount, key, cell, produced, warm: warmingOf(server, amount.warm) };
      const seen = looked.get(key) ?? (await firstLook(session, bench, server, kind));
      looked.set(key, seen);
      const { got, weight } = await weigh(server.pid, () =>
        threadsBeside(server, () => bench.ask<FetchAnswer>({ do: 'fetch', key })),
      );
      const { wallNs, bytes, cpuNs: receiverCpuNs } = got.fetched;
      const bytesPerSecond = bytes / (wallNs / 1e9);
      const extra = { ...seen.extra, ...got.threadsCpuNs, operations: seen.fetches, bytesPerSecond };
      return { ...weight, wallNs, work: { bytes, check: seen.hash, receiverCpuNs, extra } };
    },
    emptyCallNs: async () => emptyCallNs(meter),
    end() {
      servers.end();
      bench.end();
    },
  };
}

/** Network threads and request handlers of Java weighed each by themselves, while something is fetched. */
async function threadsBeside(
  { pid, threads }: Server,
  fetch: () => Promise<FetchAnswer>,
): Promise<{ readonly fetched: FetchAnswer; readonly threadsCpuNs: Readonly<Record<string, number>> }> {
  if (!threads) return { fetched: await fetch(), threadsCpuNs: {} };
  const networkBefore = cpuNsOf(pid, threads.network);
  const handlersBefore = cpuNsOf(pid, threads.handlers);
  const fetched = await fetch();
  const networkCpuNs = cpuNsOf(pid, threads.network) - networkBefore;
  const handlerCpuNs = cpuNsOf(pid, threads.handlers) - handlersBefore;
  return { fetched, threadsCpuNs: { networkCpuNs, handlerCpuNs } };
}
