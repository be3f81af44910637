/** The calls by which a server answers one request, seen by strace. */
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Guard } from '#machine/guard.ts';
import { attach } from '../calls/index.ts';

/** Calls of one request that read and write: those of its file, and the few of the request itself. */
export interface WorkerCalls {
  readonly calls: Readonly<Record<string, number>>;
  /** For the lab's quantities. */
  readonly extra: Readonly<Record<'sendfileCalls' | 'readCalls' | 'writeCalls', number>>;
}

const reads = ['read', 'pread', 'readv', 'preadv'];
const writes = ['write', 'pwrite', 'writev', 'sendto', 'sendmsg'];

/** Watches a server while it answers. Where it may not be traced its calls stay unknown, and it answers all the same. */
export async function traceServer<T>(
  pid: number,
  guard: Guard,
  ask: () => Promise<T>,
): Promise<{ got: T; calls: WorkerCalls | null }> {
  const attachment = await attach(pid, guard).catch((error: unknown) => {
    if (error instanceof CannotRunHere) return null;
    throw error;
  });
  if (attachment === null) return { got: await ask(), calls: null };
  const got = await ask().finally(() => attachment.stop());
  return { got, calls: workerCalls((await attachment.release()).calls) };
}

/** Keeps the calls that move bytes. @param all every call that was traced, by name */
export function workerCalls(all: Readonly<Record<string, number>>): WorkerCalls {
  const moving = [...reads, ...writes, 'sendfile', 'splice'];
  const calls = Object.fromEntries(Object.entries(all).filter(([name]) => moving.includes(name)));
  const made = (names: readonly string[]) => names.reduce((sum, name) => sum + (calls[name] ?? 0), 0);
  return { calls, extra: { sendfileCalls: made(['sendfile']), readCalls: made(reads), writeCalls: made(writes) } };
}
