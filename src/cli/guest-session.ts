/** What `run --guest` and `guest` have in common: their options, the question before a download, the deadline. */
import { guestCache } from '#guest/cache.ts';
import type { Outcome } from '#guest/channel.ts';
import { describeGuest } from '#guest/description.ts';
import type { Accelerator } from '#guest/emulator-line.ts';
import { runInGuest } from '#guest/guest.ts';
import { GuestTimeout } from '#guest/guest-broke.ts';
import type { GuestCommand } from '#guest/initramfs.ts';
import { type Kernel, type KernelChoice, kernelFrom } from '#guest/kernel.ts';
import { provide, type Wanted } from '#guest/provide.ts';
import type { Supplies } from '#guest/supplies.ts';
import type { Lab } from '#measure/lab.ts';
import { formatBytes } from '#model/words/units.ts';
import { askYesOrNo } from './ask.ts';
import { UsageError } from './exit.ts';
import { clone } from './places.ts';

export interface GuestOptions {
  guestKernel?: KernelChoice;
  kernel?: string;
  modules?: string;
  accel?: Accelerator;
  guestDeadline?: number;
  yes?: boolean;
  work?: string;
}

/** Seconds for everything from the first question to the last byte. */
export const DEADLINE_S = 300;

/** The guest as it will be, before it is booted. */
export interface ReadyGuest {
  readonly supplies: Supplies;
  /** For a result's environment. */
  readonly description: string;
  /** Boots it and runs one command. @throws {GuestBroke} */
  run(command: GuestCommand): Promise<Outcome>;
}

/**
 * Gets what the guest is made of and uses it, all within the deadline.
 * @param say told what happens, a line a phase, and what the command writes to stderr
 * @throws {CannotRunHere} when something is missing @throws {GuestTimeout}
 */
export async function withGuest<T>(
  options: GuestOptions,
  wishes: Lab['guest'],
  signal: AbortSignal,
  say: (line: string) => void,
  use: (guest: ReadyGuest) => Promise<T>,
): Promise<T> {
  const kernel = ownKernel(options);
  const accelerator = options.accel ?? 'tcg';
  using deadline = deadlineOf(options.guestDeadline ?? DEADLINE_S);
  const stop = AbortSignal.any([signal, deadline.signal]);
  const cache = guestCache();
  const supplies = await provide({
    cache,
    choice: options.guestKernel ?? '6.12',
    kernel,
    signal: stop,
    confirm: (wanted) => confirm(wanted, options.yes === true, stop),
  });
  const description = describeGuest(supplies, accelerator);
  const phases = { image: 'guest: root image', boot: `guest: booting ${description}` };
  return await use({
    supplies,
    description,
    run: (command) =>
      runInGuest(command, {
        ...{ clone, supplies, cache, accelerator, work: options.work, signal: stop, line: say },
        programs: wishes?.programs ?? [],
        modules: wishes?.modules ?? [],
        phase: (name) => say(phases[name]),
      }),
  });
}

/** Environment of every command in the guest. */
export const guestEnvironment = {
  HOME: '/var/home',
  XDG_CACHE_HOME: '/var/cache',
  XDG_STATE_HOME: '/var/state',
  ZC_WORK: '/work',
  ZC_LOCK_HELD: '1',
} as const;

function ownKernel({ kernel, modules }: GuestOptions): Kernel | null {
  if (kernel === undefined && modules === undefined) return null;
  if (kernel === undefined || modules === undefined) {
    const [given, other] = kernel === undefined ? ['--modules', '--kernel FILE'] : ['--kernel', '--modules DIR'];
    throw new UsageError(`Expected ${other} with ${given}: a kernel and its modules belong together`);
  }
  return kernelFrom(kernel, modules, 'own kernel');
}

function deadlineOf(seconds: number): { signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const late = new GuestTimeout(
    `The guest did not come to an end in ${seconds} s: give it more with --guest-deadline SECONDS`,
  );
  const timer = setTimeout(() => controller.abort(late), seconds * 1000);
  return { signal: controller.signal, [Symbol.dispose]: () => clearTimeout(timer) };
}

/** Asks on the terminal; null without one. */
async function confirm({ names, bytes, cache }: Wanted, yes: boolean, signal: AbortSignal): Promise<boolean | null> {
  const what = `${names.join(', ')} (${formatBytes(bytes)})`;
  if (yes) {
    process.stderr.write(`guest: fetching ${what} into ${cache}; nothing is installed\n`);
    return true;
  }
  return await askYesOrNo(`The guest needs ${what}, into ${cache}; nothing is installed. Download it?`, signal);
}
