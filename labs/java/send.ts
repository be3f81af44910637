/** One run of Send.java under strace: which calls carried the file, and what the program says itself. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChildBroke } from '#machine/child.ts';
import type { Guard } from '#machine/guard.ts';
import { traceCommand } from '#proof/calls/index.ts';
import { type Carried, CarryingCalls, type Target } from './carrying-calls.ts';
import type { Jdk } from './jdk.ts';

/** What Send.java prints. */
interface Said {
  /** Bytes that it was told were sent. */
  readonly sent: number;
  /** Calls of `write` or `transferTo` in Java. */
  readonly transfers: number;
  /** Whether the file was still mapped when its channel had been closed. */
  readonly mapped: boolean;
}

export interface Sent extends Carried {
  readonly said: Said;
}

export interface Send {
  /** The way: a case of the program's switch. */
  readonly way: string;
  /** Path as the kernel shows it. */
  readonly source: string;
  readonly bytes: number;
  readonly target: Target;
  /** Where the program's output may be put. */
  readonly folder: string;
}

const program = fileURLToPath(new URL('./Send.java', import.meta.url));

/** Little memory and a quick start: what is counted does not depend on either. */
const flags = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/**
 * Sends once. Java compiles the program on the way, in its own memory.
 * @throws {CannotRunHere} without strace @throws {ChildBroke} with the error that Java named when it failed
 */
export async function runSend({ path }: Jdk, send: Send, guard: Guard): Promise<Sent> {
  const { way, source, bytes, target, folder } = send;
  const carrying = new CarryingCalls(source, target);
  const [out, errors] = [join(folder, 'java.out'), join(folder, 'java.err')];
  const outputs = [openSync(out, 'w'), openSync(errors, 'w')] as const;
  try {
    const command = [path, ...flags, program, way, source, `${bytes}`, `${target}`];
    const { code, signal } = await traceCommand(command, {
      guard,
      stdio: ['ignore', ...outputs],
      onCall: (call) => carrying.take(call),
    });
    if (code !== 0) throw new ChildBroke(`Java's ${way} ${endOf(code, signal)}: ${firstError(errors)}`, true);
  } finally {
    for (const output of outputs) closeSync(output);
  }
  return { ...carrying.carried, said: JSON.parse(readFileSync(out, 'utf8')) as Said };
}

const endOf = (code: number | null, signal: string | null) =>
  signal ? `was ended by ${signal}` : `ended with exit code ${code}`;

/** The last lines of a stack trace say less than the first. */
function firstError(path: string): string {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.find((line) => /Exception|[Ee]rror/.test(line)) ?? lines[0] ?? 'it printed nothing';
}
