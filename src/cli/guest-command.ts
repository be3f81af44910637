/** `./zc guest`: fetches what the guest is made of, or runs any command in it. */
import { commit } from '#machine/commit.ts';
import { UsageError } from './exit.ts';
import { type GuestOptions, guestEnvironment, withGuest } from './guest-session.ts';
import { stopSignal } from './signals.ts';

/** @throws {UsageError} for anything but `fetch` and `exec -- COMMAND …` */
export async function guest(what: string, words: readonly string[], options: GuestOptions): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  if (what === 'fetch') {
    if (words.length > 0) throw new UsageError(`Expected nothing after 'guest fetch', found '${words.join(' ')}'`);
    await withGuest(options, undefined, stopSignal(), say, async ({ description, supplies }) => {
      process.stdout.write(`${description}\nkernel ${supplies.kernel.file}\nsha256 ${supplies.kernel.sha256}\n`);
    });
  } else if (what === 'exec') {
    if (words.length === 0) throw new UsageError("Expected a command, found none: ./zc guest exec -- sh -c 'uname -a'");
    await withGuest(options, undefined, stopSignal(), say, async ({ description, run }) => {
      const env = { ...guestEnvironment, ZC_GUEST: description, ZC_COMMIT: commit() ?? '' };
      const { exitCode, stdout } = await run({ words, env });
      process.stdout.write(stdout);
      process.exitCode = exitCode;
    });
  } else {
    throw new UsageError(`Expected 'fetch' or 'exec' after 'guest', found '${what}'`);
  }
}
