/** nginx serving one file in many ways to a client of ours: its calls traced once a way, then its CPU time weighed. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Meter } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Child } from '#machine/child.ts';
import { pinned } from '#machine/pinned.ts';
import { freePort, isListening } from '#machine/ports.ts';
import { probe } from '#machine/probe.ts';
import { usageOf } from '#machine/process-usage.ts';
import { findProgram, type Program } from '#machine/program.ts';
import type { Crew } from '#measure/crew.ts';
import { emptyCallNs } from '#measure/empty-calls.ts';
import type { Lab } from '#measure/lab.ts';
import type { Mode } from '#measure/request.ts';
import type { Cell } from '#measure/schedule.ts';
import { affordable, type Session } from '#measure/session.ts';
import { type MadeFile, makeSourceFile, warm } from '#measure/source-file.ts';
import type { WorkerAnswer } from '#measure/task.ts';
import { timeCrew } from '#measure/tasks.ts';
import { makeCertificate } from '../copies/programs/certificate.ts';
import { encrypts, type NginxPlace, nginxConfiguration, type Ways } from './configuration.ts';
import type { GetAnswer, GetQuestion } from './protocol.ts';
import { traceServer, type WorkerCalls } from './worker-calls.ts';

/** How much a mode measures. */
export interface NginxAmount {
  readonly rounds: number;
  /** Bytes of the file. */
  readonly bytes: number;
}

const DEADLINE_MS = 60_000;

/** The `run` of a lab whose variants are ways in which nginx serves a file. @param ways directives by variant */
export function timeNginx(amounts: Record<Mode, NginxAmount>, ways: Ways): Lab['run'] {
  return async (lab, session) => {
    const { request, folder, work } = session;
    const { rounds, bytes } = amounts[request.mode];
    const version = nginxVersion();
    const file = makeSourceFile(folder, affordable(request.bytes ?? bytes, work), request.seed);
    warm(file.path);
    const amount = { rounds, settings: [{ bytes: file.bytes }] };
    const run = timeCrew({ quick: amount, default: amount, full: amount }, () => openNginx(session, file, ways));
    const result = await run(lab, session);
    return { ...result, parameters: { ...result.parameters, nginx: version } };
  };
}

/** As it says itself: `1.22.1`. @throws {CannotRunHere} without nginx */
function nginxVersion(): string {
  const { stderr } = probe(findProgram('nginx'), ['-v']);
  return /nginx\/(\S+)/.exec(stderr ?? '')?.[1] ?? 'unknown';
}

async function openNginx(session: Session, file: MadeFile, ways: Ways): Promise<Crew> {
  const { place, withoutTls } = await placeOf(session, file);
  const server = await startNginx(session, place, ways);
  const client = session.startChild('client', new URL('./client.ts', import.meta.url), session.placement.receiver);
  const looked = new Map<string, WorkerCalls | null>();
  const meter = new Meter();

  return {
    async work({ variant }: Cell): Promise<WorkerAnswer> {
      const tls = encrypts(variant) ? place.tls : null;
      if (encrypts(variant) && withoutTls) return { cannotRun: withoutTls };
      const gzip = (ways[variant] ?? '').includes('gzip on');
      const port = tls?.port ?? place.port;
      const get = { port, path: `/${variant}/${basename(file.path)}`, tls: tls !== null, gzip };
      // The first request of a way is not weighed: its bytes and its calls are looked at.
      const first = !looked.has(variant);
      const before = usageOf(server.pid);
      const cpuBefore = meter.cpuNsOf(server.pid);
      const { got, calls } = first
        ? await traceServer(server.pid, session.guard, () => fetch(client, { ...get, look: true }))
        : { got: await fetch(client, { ...get, look: false }), calls: looked.get(variant) ?? null };
      const cpuNs = meter.cpuNsOf(server.pid) - cpuBefore;
      const after = usageOf(server.pid);
      checkFetched(variant, got, file, gzip);
      looked.set(variant, calls);
      const { peakMemoryBytes } = after;
      const extra = { ...calls?.extra, receivedBytes: got.bytes };
      return {
        wallNs: got.wallNs,
        cpuNs,
        minorFaults: after.minorFaults - before.minorFaults,
        majorFaults: after.majorFaults - before.majorFaults,
        voluntarySwitches: after.voluntarySwitches - before.voluntarySwitches,
        involuntarySwitches: after.involuntarySwitches - before.involuntarySwitches,
        peakMemoryBytes,
        work: {
          bytes: file.bytes,
          check: file.sha256,
          receiverCpuNs: got.cpuNs,
          extra,
          ...(calls ? { calls: calls.calls } : {}),
        },
      };
    },
    // nginx makes no calls for us: this process stands for it.
    emptyCallNs: async () => emptyCallNs(meter),
    end() {
      client.end();
      void server.end();
    },
  };
}

/** Two free ports, and a certificate where openssl makes one. */
async function placeOf(session: Session, file: MadeFile) {
  const folder = mkdtempSync(join(session.folder, 'nginx-'));
  const place = { folder, served: dirname(file.path), port: freePort() };
  try {
    const certificate = await makeCertificate(session);
    return { place: { ...place, tls: { port: freePort(), certificate } } satisfies NginxPlace, withoutTls: null };
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    const withoutTls = { why: error.code, args: { ...error.args } };
    return { place: { ...place, tls: null } satisfies NginxPlace, withoutTls };
  }
}

/** Starts it where a sender would run, and waits until it listens. */
async function startNginx(session: Session, place: NginxPlace, ways: Ways): Promise<Program> {
  const file = join(place.folder, 'nginx.conf');
  writeFileSync(file, nginxConfiguration(place, ways));
  const args = ['-p', place.folder, '-c', file, '-e', 'stderr'];
  const server = pinned(session.placement.sender, () => session.startProgram('nginx', args, { cwd: place.served }));
  await server.until(() => isListening(place.port), DEADLINE_MS);
  return server;
}

async function fetch(client: Child, question: GetQuestion): Promise<GetAnswer> {
  return await client.ask<GetAnswer>(question, DEADLINE_MS);
}

/** @throws {Error} when what came is not the file */
function checkFetched(way: string, { status, bytes, hash, zipped }: GetAnswer, file: MadeFile, gzip: boolean): void {
  const whole = hash === null ? zipped || bytes === file.bytes : hash === file.sha256;
  if (status === 200 && whole && zipped === gzip) return;
  const found = `status ${status}, ${bytes} bytes${zipped ? ', compressed' : ''}${hash ? `, sha256 ${hash}` : ''}`;
  throw new Error(
    `Cannot trust nginx '${way}': ${file.bytes} bytes with sha256 ${file.sha256} expected, found ${found}`,
  );
}
