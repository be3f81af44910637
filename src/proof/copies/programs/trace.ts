/**
 * The calls by which a server reads a file and writes to its sockets, seen by strace. Small on purpose: it knows a server of
 * one process that does one thing at a time.
 */
import { readFileSync } from 'node:fs';
import type { Session } from '#measure/session.ts';

/** Calls of one transfer. */
export interface CallTally {
  /** Calls that read the file or wrote to a socket, by name. */
  readonly calls: Record<string, number>;
  /** Bytes that went to sockets, by call; TLS that the program makes itself is in them. */
  readonly bytesByCall: Record<string, number>;
}

const traced = 'read,pread64,readv,preadv,write,writev,sendto,sendmsg,sendfile,splice';
const DEADLINE_MS = 30_000;

/** Watches a running process. @returns what ends the trace and adds it up @throws {CannotRunHere} without strace */
export async function traceCalls(
  session: Session,
  pid: number,
  output: string,
  source: string,
): Promise<{ end(): Promise<CallTally> }> {
  const options = ['-f', '-I2', '-y', '-s', '0', '-e', 'signal=none', '-e', `trace=${traced}`];
  const strace = session.startProgram('strace', [...options, '-o', output, '-p', `${pid}`], { tracer: true });
  await strace.until((said) => said.includes(`Process ${pid} attached`), DEADLINE_MS);
  return {
    async end() {
      await strace.end();
      return tallyTrace(readFileSync(output, 'latin1'), source);
    },
  };
}

/** `123 sendfile(8<socket:[77]>, 9</run/source.bin>, [0] => [65536], 65536) = 65536`; -y names the descriptors. */
const line = /^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)/;
const socket = /^\d+<(socket|TCP|TCPv6):/;

/** Adds up a trace. @param source path of the file as the server opens it */
export function tallyTrace(trace: string, source: string): CallTally {
  const calls: Record<string, number> = {};
  const bytesByCall: Record<string, number> = {};
  for (const text of trace.split('\n')) {
    const [, name, args = '', result] = line.exec(text) ?? [];
    if (name === undefined) continue;
    const call = name.replace(/64$/, '');
    const toSocket = !call.startsWith('read') && !call.startsWith('pread') && socket.test(args);
    if (!toSocket && !args.includes(`<${source}>`)) continue;
    calls[call] = (calls[call] ?? 0) + 1;
    if (toSocket && Number(result) > 0) bytesByCall[call] = (bytesByCall[call] ?? 0) + Number(result);
  }
  return { calls, bytesByCall };
}
