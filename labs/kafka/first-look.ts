/** What is found out of a kind of fetch before it is weighed: its calls, its bytes; and the server becomes warm. */
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Cell } from '#measure/schedule.ts';
import type { Session } from '#measure/session.ts';
import { attach } from '#proof/calls/index.ts';
import type { Bench } from './bench.ts';
import type { LookAnswer, OpenQuestion, ProduceAnswer } from './client/protocol.ts';
import { mappedFiles } from './mapped-files.ts';
import type { Server } from './servers.ts';
import { tracedFetches } from './traced-fetches.ts';

/** How much a server is asked for before it is weighed: Java compiles what it does often. */
export interface Warming {
  readonly bytes: number;
  readonly seconds: number;
}

export interface Looked {
  readonly hash: string;
  /** Requests of one sample. */
  readonly fetches: number;
  readonly extra: Readonly<Record<string, number>>;
}

/** A kind of fetch, by the name of its connection. */
export interface Kind {
  readonly key: string;
  readonly cell: Cell;
  readonly rounds: number;
  /** Bytes of one sample at least. */
  readonly sampleBytes: number;
  readonly warm: Warming;
  readonly produced: ProduceAnswer;
}

/** Bytes that are fetched while a server is traced, at most, and part of the topic: tracing is slow. */
const TRACED_BYTES = 32 * 2 ** 20;
const TRACED_PART = 1 / 16;
const LEAST_FETCHES = 16;

export async function firstLook(session: Session, bench: Bench, server: Server, kind: Kind): Promise<Looked> {
  const { key, cell, produced } = kind;
  const fetchBytes = Number(cell.factors.fetchBytes);
  const calls = await trace(session, bench, server, fetchBytes, produced);
  const fetches = Math.max(LEAST_FETCHES, Math.ceil(kind.sampleBytes / fetchBytes));
  const question: OpenQuestion = {
    ...{ do: 'open', key, from: server.from, fetchBytes, records: produced.records, fetches },
    // One more for the sample that is taken untimed, and one where the baseline is repeated.
    samples: 1 + (cell.role === 'baseline' ? 2 : 1) * kind.rounds,
  };
  const { hash } = await bench.ask<LookAnswer>(question);
  await bench.ask({ do: 'warm', key, ...kind.warm });
  const { indexes, logs } = mappedFiles(server.pid, server.partition);
  return { hash, fetches, extra: { ...calls, mappedIndexes: indexes, mappedLogs: logs } };
}

/** A part of the topic fetched while strace looks; nothing where it may not. */
async function trace(
  { guard }: Session,
  bench: Bench,
  { pid, from }: Server,
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
