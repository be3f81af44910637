/** The `run` of the lab java-2008: Java sends prefixes of one file to a receiver of ours, in both ways of the article. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { Meter } from '#libc';
import type { Child } from '#machine/child.ts';
import { usageOf } from '#machine/process-usage.ts';
import type { Crew } from '#measure/crew.ts';
import { emptyCallNs } from '#measure/empty-calls.ts';
import type { Lab } from '#measure/lab.ts';
import type { ReceiveAnswer, ReceiveQuestion } from '#measure/protocol.ts';
import type { Mode } from '#measure/request.ts';
import type { Cell } from '#measure/schedule.ts';
import { affordable, type Session } from '#measure/session.ts';
import { makeSourceFile, warm } from '#measure/source-file.ts';
import type { WorkerAnswer } from '#measure/task.ts';
import { timeCrew } from '#measure/tasks.ts';
import { DEADLINE_MS, listenOn, startReceiver } from '#measure/transfer-pair.ts';
import { findJdk, type Jdk } from './jdk.ts';
import { OrderTaker } from './order-taker.ts';

/** How much a mode measures. */
export interface TableAmount {
  readonly rounds: number;
  /** Sizes of the files, bytes. */
  readonly sizes: readonly number[];
}

/** A sample sends small files so often that it comes to this many bytes. */
const LEAST_BYTES = 64 * 2 ** 20;
/** But never more often than this: files of a few bytes would take minutes. */
const MOST_TIMES = 1000;

export function timeTable(amounts: Record<Mode, TableAmount>): Lab['run'] {
  return async (lab, session) => {
    const { request, folder, work } = session;
    const jdk = findJdk();
    const { rounds, sizes } = amounts[request.mode];
    const wanted = request.bytes === null ? sizes : [request.bytes];
    const most = affordable(Math.max(...wanted), work);
    const fitting = wanted.filter((bytes) => bytes <= most);
    const file = makeSourceFile(folder, most, request.seed);
    warm(file.path);
    const amount = { rounds, settings: (fitting.length > 0 ? fitting : [most]).map((bytes) => ({ bytes })) };
    const run = timeCrew({ quick: amount, default: amount, full: amount }, () => openTable(session, jdk, file.path));
    const result = await run(lab, session);
    return { ...result, parameters: { ...result.parameters, receiver: request.receiver, java: jdk.version } };
  };
}

async function openTable(session: Session, jdk: Jdk, path: string): Promise<Crew> {
  const receiver = startReceiver(session);
  const address = await listenOn(receiver, 'tcp', session.environment.tcp.congestionControlUsed ?? 'reno');
  if (address.family !== 'inet') throw new RangeError('Cannot send to the receiver: it has no port');
  const java = await OrderTaker.start(session, jdk, './Table2008.java', session.placement.sender);
  const meter = new Meter();
  const looked = new Set<string>();
  const hashes = new Map<number, string>();

  return {
    async work({ variant, factors }: Cell): Promise<WorkerAnswer> {
      const bytes = Number(factors.bytes);
      const sha256 = hashes.get(bytes) ?? hashOfStart(path, bytes);
      hashes.set(bytes, sha256);
      // The first transfer of each kind is not weighed: its bytes are looked at.
      const name = `${variant} ${bytes}`;
      const first = !looked.has(name);
      looked.add(name);
      const times = first ? 1 : Math.min(MOST_TIMES, Math.ceil(LEAST_BYTES / bytes));
      const before = usageOf(java.pid);
      const cpuBefore = meter.cpuNsOf(java.pid);
      const beforeNs = meter.monotonicNs();
      const receiving = startReceiving(receiver, first ? 'hash' : session.request.receiver);
      const startNs = Number(await java.ask(variant, path, bytes, times, address.port));
      const received = await receiving;
      const cpuNs = meter.cpuNsOf(java.pid) - cpuBefore;
      const after = usageOf(java.pid);
      checkReceived(variant, received, bytes * times, first ? sha256 : null);
      // On Linux System.nanoTime() is CLOCK_MONOTONIC, as the receiver's clock is.
      if (!(startNs >= beforeNs && startNs < received.endNs)) {
        throw new Error(`Cannot compare clocks: Java began at ${startNs}, between ${beforeNs} and ${received.endNs}`);
      }
      return {
        wallNs: received.endNs - startNs,
        cpuNs,
        minorFaults: after.minorFaults - before.minorFaults,
        majorFaults: after.majorFaults - before.majorFaults,
        voluntarySwitches: after.voluntarySwitches - before.voluntarySwitches,
        involuntarySwitches: after.involuntarySwitches - before.involuntarySwitches,
        peakMemoryBytes: after.peakMemoryBytes,
        work: {
          bytes: bytes * times,
          check: sha256,
          receiverCpuNs: received.cpuNs,
          extra: { operations: times, eachNs: (received.endNs - startNs) / times },
        },
      };
    },
    // Java makes no calls for us: this process stands for it.
    emptyCallNs: async () => emptyCallNs(meter),
    end() {
      receiver.end();
      void java.end();
    },
  };
}

/** When Java fails, that is the reason, and not that nobody came. */
function startReceiving(receiver: Child, how: 'copy' | 'discard' | 'hash'): Promise<ReceiveAnswer> {
  const question: ReceiveQuestion = { do: 'receive', link: 'tcp', how };
  const receiving = receiver.ask<ReceiveAnswer>(question, DEADLINE_MS);
  receiving.catch(() => {});
  return receiving;
}

function checkReceived(way: string, { bytes, hash }: ReceiveAnswer, expected: number, sha256: string | null): void {
  if (bytes === expected && (sha256 === null || hash === sha256)) return;
  const found = `${bytes} bytes${hash === null ? '' : ` with sha256 ${hash}`}`;
  throw new Error(
    `Cannot trust Java's '${way}': ${expected} bytes with sha256 ${sha256 ?? 'as before'} expected, ${found} arrived`,
  );
}

/** sha256 of the first bytes of a file. */
function hashOfStart(path: string, bytes: number): string {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(2 ** 20);
  const file = openSync(path, 'r');
  try {
    for (let at = 0; at < bytes; ) {
      const got = readSync(file, buffer, 0, Math.min(buffer.length, bytes - at), at);
      if (got === 0) throw new RangeError(`Cannot hash ${bytes} bytes of '${path}': it has ${at}`);
      hash.update(buffer.subarray(0, got));
      at += got;
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}
