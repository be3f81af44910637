/** Transfers by servers of somebody else's to a client of ours: their calls traced, then their copies counted. */
import { mkdtempSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Child } from '#machine/child.ts';
import { fact } from '#machine/facts.ts';
import { tryKernelTls } from '#machine/kernel-tls.ts';
import { freePort, isListening } from '#machine/ports.ts';
import type { Program } from '#machine/program.ts';
import type { Cell } from '#measure/schedule.ts';
import type { Session } from '#measure/session.ts';
import type { MadeFile } from '#measure/source-file.ts';
import type { Refusal, SendAnswer, SenderQuestion, StopAnswer } from '../protocol.ts';
import type { Stage } from '../stage.ts';
import { type Certificate, makeCertificate } from './certificate.ts';
import type { FetchAnswer, FetchQuestion } from './fetch.ts';
import type { ProgramLink, ServerProgram } from './server-program.ts';
import { type CallTally, traceCalls } from './trace.ts';

interface Parts {
  readonly session: Session;
  /** Process that has the counter. */
  readonly counting: Child;
  readonly file: MadeFile;
}

const DEADLINE_MS = 60_000;

/** What the transfer that was checked has shown of a cell. */
interface Seen extends CallTally {
  readonly records: number;
}

interface Running {
  readonly server: Program;
  readonly port: number;
}

/** @param programs by variant; nothing is started before the first cell is checked */
export function programTransfers(programs: Readonly<Record<string, ServerProgram>>, parts: Parts): Stage {
  const { session, counting, file } = parts;
  const servers = new Map<Cell, ServerProgram>();
  for (const [variant, program] of Object.entries(programs))
    for (const link of program.links) {
      const factors = { link, receiver: 'client', fileSystem: session.work.fileSystem };
      servers.set({ variant, role: 'variant', factors }, program);
    }
  const running = new Map<Cell, Running>();
  const seen = new Map<Cell, Seen>();
  let client: Child | undefined;
  let certificate: Certificate | undefined;

  /** Starts the server of a cell. It runs until the stage ends: in an emulated machine starting takes longest. */
  const start = async (cell: Cell): Promise<Running> => {
    client ??= session.startChild('client', new URL('./client.ts', import.meta.url), session.placement.receiver);
    certificate ??= await makeCertificate(session);
    const program = servers.get(cell) as ServerProgram;
    const folder = mkdtempSync(join(session.folder, 'server-'));
    const port = freePort();
    const link = cell.factors.link as ProgramLink;
    const served = dirname(file.path);
    const { args, env } = program.configure({ link, port, served, folder, certificate });
    const server = session.startProgram(program.program, args, { cwd: served, ...(env ? { env } : {}) });
    await server.until(() => isListening(port), DEADLINE_MS);
    running.set(cell, { server, port });
    return { server, port };
  };

  const fetch = async (cell: Cell, port: number, hash: boolean): Promise<FetchAnswer> => {
    const question: FetchQuestion = { port, name: basename(file.path), tls: cell.factors.link !== 'tcp', hash };
    const answer = await (client as Child).ask<FetchAnswer>(question, DEADLINE_MS);
    if (answer.status !== 200 || answer.bytes !== file.bytes || (hash && answer.hash !== file.sha256)) {
      throw new Error(
        `Cannot trust '${cell.variant}' over ${cell.factors.link}: ${file.bytes} bytes were asked for, ${answer.bytes} arrived${answer.hash ? ` with sha256 ${answer.hash} instead of ${file.sha256}` : ''}`,
      );
    }
    return answer;
  };

  const check = async (cell: Cell): Promise<void> => {
    if (cell.factors.link === 'tls13') tryKernelTls({ version: '1.3' });
    const { server, port } = await start(cell);
    const before = kernelConnections();
    const trace = await traceCalls(session, server.pid, join(session.folder, 'server.trace'), file.path);
    const { records } = await fetch(cell, port, true);
    seen.set(cell, { ...(await trace.end()), records });
    if (cell.factors.link === 'tls13' && kernelConnections() === before) {
      throw new CannotRunHere('program-no-kernel-tls', { program: server.name });
    }
  };

  return {
    cells: [...servers.keys()],
    async check(cell) {
      try {
        await check(cell);
        return null;
      } catch (error) {
        if (error instanceof CannotRunHere) return refusalOf(error);
        throw error;
      }
    },
    async count(cell) {
      const { server, port } = running.get(cell) as Running;
      const ask = <T>(question: SenderQuestion) => counting.ask<T>(question, DEADLINE_MS);
      await ask({ do: 'start-counting' });
      await fetch(cell, port, false);
      const processes = { sender: server.pid, receiver: (client as Child).pid };
      const answer = await ask<StopAnswer>({ do: 'stop-counting', ...processes });
      return withCalls(answer, seen.get(cell) as Seen, file.bytes);
    },
    async end() {
      client?.end();
      await Promise.all([...running.values()].map(({ server }) => server.end()));
    },
  };
}

function withCalls(answer: StopAnswer, { calls, bytesByCall, records }: Seen, payload: number): SendAnswer {
  const sent = Object.values(bytesByCall).reduce((sum, bytes) => sum + bytes, 0);
  const traced = { calls, bytesByCall, unaccountedBytes: Math.max(0, payload - sent) };
  // What the kernel encrypted was counted there.
  const counted = { ...(records > 0 ? { records } : {}), ...answer.counted, ...traced };
  return { counted, retransmitted: answer.retransmitted };
}

function refusalOf({ code, args }: CannotRunHere): Refusal {
  return { why: code, args: { ...args } };
}

/** Connections that the kernel has encrypted so far: `TlsTxSw` and `TlsTxDevice` of /proc/net/tls_stat. */
function kernelConnections(): number {
  const lines = (fact('/proc/net/tls_stat') ?? '').matchAll(/^TlsTx(?:Sw|Device)\s+(\d+)$/gm);
  return [...lines].reduce((sum, [, count]) => sum + Number(count), 0);
}
