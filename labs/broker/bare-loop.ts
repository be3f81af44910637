/** bare.c as a server: what a fetch costs when there is no broker around it. Compiled in the run's folder, which takes a moment. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pinned } from '#machine/pinned.ts';
import type { Session } from '#measure/session.ts';

const source = fileURLToPath(new URL('./bare.c', import.meta.url));
const DEADLINE_MS = 60_000;

/** The file that it serves: batches of one size. */
export interface BareLog {
  readonly path: string;
  readonly batchBytes: number;
  readonly batchRecords: number;
}

/** What its connections are set to, and what starts it. */
export interface BareOptions {
  readonly congestion: string;
  /** Bytes; without it the kernel adapts it. */
  readonly sendBufferBytes?: number;
  /** nsenter(1), for a network of its own. */
  readonly launcher?: readonly string[];
}

export interface BareServer {
  readonly pid: number;
  readonly port: number;
}

/** Compiles and starts one. @throws {CannotRunHere} without a C compiler */
export async function startBare(
  session: Session,
  way: 'sendfile' | 'copying',
  { path, batchBytes, batchRecords }: BareLog,
  { congestion, sendBufferBytes = 0, launcher = [] }: BareOptions,
): Promise<BareServer> {
  const program = join(session.folder, 'bare');
  if (!existsSync(program)) await session.startProgram('cc', ['-O2', '-o', program, source]).succeed(DEADLINE_MS);
  const args = [path, `${batchBytes}`, `${batchRecords}`, way, congestion, `${sendBufferBytes}`];
  const [first = program, ...others] = [...launcher, program, ...args];
  const server = pinned(session.placement.sender, () => session.startProgram(first, others));
  await server.until((said) => /^port \d+$/m.test(said), DEADLINE_MS);
  return { pid: server.pid, port: Number(/^port (\d+)$/m.exec(server.said)?.[1]) };
}
