/** The `run` of the lab java-nio: every way of Send.java under strace, what arrived checked. */
import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Child } from '#machine/child.ts';
import type { Lab } from '#measure/lab.ts';
import type { ReceiveAnswer, ReceiveQuestion } from '#measure/protocol.ts';
import type { Mode } from '#measure/request.ts';
import { type Cell, schedule, type Turn } from '#measure/schedule.ts';
import { affordable, type Session } from '#measure/session.ts';
import { type MadeFile, makeSourceFile, warm } from '#measure/source-file.ts';
import { DEADLINE_MS, listenOn, startReceiver } from '#measure/transfer-pair.ts';
import type { CountResult, CountSeries } from '#model/result.ts';
import { SCHEMA_VERSION } from '#model/result-version.ts';
import { findStrace } from '#proof/calls/strace.ts';
import { findJdk, type Jdk } from './jdk.ts';
import { runSend, type Sent } from './send.ts';

/** Where a way puts the file; `nowhere` is /dev/null, for a file of which nobody has the disk. */
export type Goal = 'socket' | 'file' | 'nowhere';

export interface SendPlan {
  readonly goals: Readonly<Record<string, Goal>>;
  /** Bytes of the file that is sent, by mode. */
  readonly bytes: Readonly<Record<Mode, number>>;
  /** Bytes of the file that goes nowhere: holes only, so that it takes no disk. */
  readonly sparseBytes: number;
  readonly rounds: Readonly<Record<Mode, number>>;
}

type CountedSample = CountSeries['samples'][number];

export function countSends(plan: SendPlan): Lab['run'] {
  return async (lab, session) => await run(lab, session, plan);
}

async function run(lab: Lab, session: Session, plan: SendPlan): Promise<CountResult> {
  const { request, environment } = session;
  findStrace();
  const jdk = findJdk();
  const bytes = affordable(request.bytes ?? plan.bytes[request.mode], session.work);
  const rounds = request.rounds ?? plan.rounds[request.mode];
  const cells = Object.keys(lab.variants).map((variant): Cell => {
    const role = variant === lab.baseline ? 'baseline' : 'variant';
    return { variant, role, factors: { target: plan.goals[variant] ?? 'socket' } };
  });
  const turns = schedule(cells, rounds, request.seed);

  session.progress(0, turns.length, 'making the file');
  const bench = await openBench(session, jdk, bytes, plan.sparseBytes);
  const series = new Map(cells.map((cell): [Cell, CountSeries] => [cell, { ...cell, samples: [] }]));
  for (const turn of turns) {
    session.checkStopped();
    session.progress(turn.order, turns.length, 'tracing Java');
    series.get(turn.cell)?.samples.push(await sample(bench, turn));
  }
  bench.receiver.end();
  session.progress(turns.length, turns.length, 'done');

  return {
    kind: 'count',
    schemaVersion: SCHEMA_VERSION,
    lab: lab.id,
    question: lab.question,
    startedAt: session.startedAt.toISOString(),
    parameters: { mode: request.mode, rounds, bytes, sparseBytes: plan.sparseBytes, java: jdk.version },
    environment,
    seed: request.seed,
    baseline: lab.baseline,
    series: [...series.values()],
    cannotRun: [],
    warnings: [],
  };
}

/** What every sample needs. */
interface Bench {
  readonly session: Session;
  readonly jdk: Jdk;
  readonly folder: string;
  readonly file: MadeFile;
  readonly sparse: { readonly path: string; readonly bytes: number };
  readonly receiver: Child;
  readonly port: number;
}

async function openBench(session: Session, jdk: Jdk, bytes: number, sparseBytes: number): Promise<Bench> {
  // strace names files as the kernel knows them: without symbolic links.
  const folder = realpathSync(session.folder);
  const file = makeSourceFile(folder, bytes, session.request.seed);
  warm(file.path);
  const sparse = { path: join(folder, 'sparse.bin'), bytes: sparseBytes };
  const made = openSync(sparse.path, 'wx', 0o600);
  ftruncateSync(made, sparseBytes);
  closeSync(made);
  const receiver = startReceiver(session);
  const address = await listenOn(receiver, 'tcp', session.environment.tcp.congestionControlUsed ?? 'reno');
  if (address.family !== 'inet') throw new RangeError('Cannot send to the receiver: it has no port');
  return { session, jdk, folder, file, sparse, receiver, port: address.port };
}

async function sample(bench: Bench, { cell, round, order }: Turn): Promise<CountedSample> {
  const goal = cell.factors.target as Goal;
  const { sent, arrived } = await takers[goal](bench, cell.variant);
  const asked = goal === 'nowhere' ? bench.sparse.bytes : bench.file.bytes;
  return { round, order, payloadBytes: arrived, ...countedOf(sent, asked) };
}

interface Taken {
  readonly sent: Sent;
  /** Bytes at the far end. */
  readonly arrived: number;
}

const takers: Readonly<Record<Goal, (bench: Bench, way: string) => Promise<Taken>>> = {
  async socket({ session, jdk, folder, file, receiver, port }, way) {
    const question: ReceiveQuestion = { do: 'receive', link: 'tcp', how: 'hash' };
    const receiving = receiver.ask<ReceiveAnswer>(question, DEADLINE_MS);
    // When Java fails, that is the reason, and not that nobody came.
    receiving.catch(() => {});
    const sent = await runSend(jdk, { way, source: file.path, bytes: file.bytes, target: port, folder }, session.guard);
    const { bytes, hash } = await receiving;
    checkArrived(way, file, bytes, hash);
    return { sent, arrived: bytes };
  },
  async file({ session, jdk, folder, file }, way) {
    const target = join(folder, 'target.bin');
    const sent = await runSend(jdk, { way, source: file.path, bytes: file.bytes, target, folder }, session.guard);
    const copy = readFileSync(target);
    rmSync(target);
    checkArrived(way, file, copy.length, createHash('sha256').update(copy).digest('hex'));
    return { sent, arrived: copy.length };
  },
  async nowhere({ session, jdk, folder, sparse }, way) {
    const send = { way, source: sparse.path, bytes: sparse.bytes, target: '/dev/null', folder };
    const sent = await runSend(jdk, send, session.guard);
    return { sent, arrived: sent.said.sent };
  },
};

function checkArrived(way: string, file: MadeFile, bytes: number, hash: string | null): void {
  if (hash === file.sha256) return;
  throw new Error(
    `Cannot trust Java's '${way}': ${file.bytes} bytes with sha256 ${file.sha256} were sent, ${bytes} with ${hash} arrived`,
  );
}

const reading = ['read', 'pread', 'readv', 'preadv'];
const writing = ['write', 'pwrite', 'writev', 'sendto', 'sendmsg'];

/** What stands in a sample of it. @param askedBytes what the program was asked to send */
export function countedOf({ calls, bytesByCall, refused, said }: Sent, askedBytes: number) {
  const made = (names: readonly string[]) => names.reduce((sum, name) => sum + (calls[name] ?? 0), 0);
  return {
    calls: { ...calls },
    bytesByCall: { ...bytesByCall },
    extra: {
      askedBytes,
      sentBytes: said.sent,
      transfers: said.transfers,
      leftMapped: said.mapped ? 1 : 0,
      readCalls: made(reading),
      writeCalls: made(writing),
      sendfileCalls: made(['sendfile']),
      copyRangeCalls: made(['copy_file_range']),
      mapCalls: made(['mmap']),
      refusedCalls: refused,
      sendfileBytes: bytesByCall.sendfile ?? 0,
    },
  };
}
