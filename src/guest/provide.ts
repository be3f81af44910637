/** Gets everything that the guest is made of: from this machine, from the cache, or from the distribution when the reader agrees. */
import { CannotRunHere } from '#machine/cannot-run.ts';
import { Guard } from '#machine/guard.ts';
import { makeRunFolder } from '#machine/work-folder.ts';
import type { Kernel, KernelChoice } from './kernel.ts';
import { complete, type Fetch, fetchAll, missing, present, type Supplies } from './supplies.ts';
import { Tools } from './tools.ts';

export interface ProvideOptions {
  readonly cache: string;
  readonly choice: KernelChoice;
  /** Given by the reader; null: the one of the cache. */
  readonly kernel: Kernel | null;
  readonly signal: AbortSignal;
  /** Asks whether this may be fetched; null: there is nobody to ask. */
  confirm(fetch: Wanted): Promise<boolean | null>;
}

/** What would be fetched, for the question. */
export interface Wanted {
  readonly names: readonly string[];
  readonly bytes: number;
  readonly cache: string;
}

/** @throws {CannotRunHere} with what is missing, when it may not be fetched or nobody can be asked */
export async function provide({ cache, choice, kernel, signal, confirm }: ProvideOptions): Promise<Supplies> {
  if (process.arch !== 'x64') throw new CannotRunHere('guest-architecture', { architecture: process.arch });
  const has = present(cache, choice, kernel);
  if (has.emulator && has.kernel && has.busybox) return complete(has);
  const guard = new Guard();
  try {
    const tools = new Tools(guard, signal);
    const fetches = await missing(has, cache, choice, tools);
    const wanted = summary(fetches, cache);
    if (!(await confirm(wanted))) {
      const args = { packages: wanted.names.join(', '), bytes: wanted.bytes, kernel: choice };
      throw new CannotRunHere('guest-not-fetched', args);
    }
    const folder = makeRunFolder({ path: cache }, (path) => guard.watchFolder(path));
    using _ = folder.lock;
    await fetchAll(fetches, folder.path, tools);
    return complete(present(cache, choice, kernel));
  } finally {
    await guard.release();
  }
}

function summary(fetches: readonly Fetch[], cache: string): Wanted {
  const packages = fetches.flatMap((fetch) => fetch.packages);
  return {
    names: packages.map(({ name }) => name),
    bytes: packages.reduce((sum, { bytes }) => sum + bytes, 0),
    cache,
  };
}
