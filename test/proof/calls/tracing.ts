/** Traces one of the test's own programs and waits for it to end well. */
import { fileURLToPath } from 'node:url';
import { Guard } from '#machine/guard.ts';
import type { Tally } from '#model/tally.ts';
import { traceCommand } from '#proof/calls/index.ts';

/** Runs a TypeScript program that lies beside the tests. @throws {Error} when it does not end with 0 */
export async function traceProgram(
  program: string,
  args: readonly string[],
  strace: readonly string[] = [],
): Promise<Tally> {
  return await trace([process.execPath, fileURLToPath(new URL(program, import.meta.url)), ...args], strace);
}

/** Runs a command under strace. @throws {Error} when it does not end with 0 */
export async function trace(command: readonly string[], strace: readonly string[] = []): Promise<Tally> {
  const guard = new Guard();
  try {
    const stdio = ['ignore', 'ignore', 'inherit'] as const;
    const { tally, code } = await traceCommand(command, { guard, stdio: [...stdio], strace });
    if (code !== 0) throw new Error(`Expected the program to end with 0, it ended with ${code}`);
    return tally;
  } finally {
    await guard.release();
  }
}

/** Reasons for unaccounted bytes. Node registers with epoll through rings of its own (libuv 1.46), which says nothing here. */
export function reasons({ unaccounted }: Tally): string[] {
  return unaccounted.map(({ code }) => code).filter((code) => code !== 'io-uring');
}
