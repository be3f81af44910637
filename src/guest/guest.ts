/** Runs one command in a small Linux under QEMU: root image, boot, and what it printed. Nothing of it stays. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Guard } from '#machine/guard.ts';
import { chooseWorkFolder, makeRunFolder } from '#machine/work-folder.ts';
import { type Outcome, readOutcome } from './channel.ts';
import { compiledArchive, keepCompiled } from './compiled.ts';
import { type Accelerator, emulatorLine, outputs } from './emulator-line.ts';
import { Follower } from './follower.ts';
import { GuestBroke, UnbootedGuest } from './guest-broke.ts';
import { bootArchive, type GuestCommand, runArchive } from './initramfs.ts';
import { modulesInOrder } from './kernel-modules.ts';
import { rootImage } from './root-image.ts';
import type { Supplies } from './supplies.ts';
import { type GuestProgram, systemFiles } from './system-files.ts';
import { startWatched, Tools } from './tools.ts';

/** Modules that the guest needs, and those that labs use: names that a kernel has built in are left out. */
const MODULES = [
  'virtio_pci',
  'virtio_blk',
  'virtio_console',
  'ext4',
  'af_packet',
  'veth',
  'tls',
  'tcp_bbr',
  'sch_netem',
];

/** Bytes that a lab may write in the guest: a sparse file on the host. */
const WORK_MEBIBYTES = 256;

/** A guest under KVM boots in two seconds; after this time it never will, ms. */
const KVM_BOOTS_MS = 20_000;
const KVM_IS_DEAD = `KVM did not boot the guest in ${KVM_BOOTS_MS / 1000} s: leave out --accel kvm, and it is emulated in software`;

export interface GuestOptions {
  /** The project that the guest runs. */
  readonly clone: string;
  readonly supplies: Supplies;
  /** Lasting folder for the root image. */
  readonly cache: string;
  readonly accelerator: Accelerator;
  /** What the lab asks for besides the usual. */
  readonly programs: readonly GuestProgram[];
  readonly modules: readonly string[];
  /** Folder from --work, for the files of this run. */
  readonly work: string | undefined;
  /** Aborts when the run is asked to stop or its time is over. */
  readonly signal: AbortSignal;
  /** Told what happens: `image`, `boot`. */
  phase(name: 'image' | 'boot'): void;
  /** Told each line that the command writes to stderr, while it runs. */
  line(text: string): void;
}

/**
 * Boots the guest, runs the command in it and ends it.
 * @throws {GuestBroke} when it ended without a whole result
 */
export async function runInGuest(command: GuestCommand, options: GuestOptions): Promise<Outcome> {
  const { clone, supplies, cache, signal } = options;
  const guard = new Guard();
  try {
    const tools = new Tools(guard, signal);
    options.phase('image');
    const root = await withFolder(cache, guard, (folder) =>
      rootImage(systemFiles(clone, options.programs, supplies.busybox), cache, folder, tools),
    );
    const work = chooseWorkFolder(options.work, WORK_MEBIBYTES * 2 ** 20);
    return await withFolder(work.path, guard, async (folder) => {
      const disk = join(folder, 'work.ext4');
      await tools.makeFileSystem(disk, WORK_MEBIBYTES, null);
      const initramfs = join(folder, 'initramfs');
      const modules = modulesInOrder(supplies.kernel.modules, [...MODULES, ...options.modules]);
      const parts = [bootArchive(supplies.busybox, modules), compiledArchive(cache), runArchive(clone, command)];
      writeFileSync(initramfs, Buffer.concat(parts));
      options.phase('boot');
      const outcome = await bootPatiently(folder, { root, work: disk, initramfs }, options, guard);
      const compiled = readFileSync(join(folder, outputs.compiled));
      await withFolder(cache, guard, async (own) => keepCompiled(compiled, cache, own));
      return outcome;
    });
  } finally {
    await guard.release();
  }
}

/** Uses a folder of this run's own inside `place`. */
async function withFolder<T>(place: string, guard: Guard, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = makeRunFolder({ path: place }, (path) => guard.watchFolder(path));
  using _ = folder.lock;
  return await use(folder.path);
}

interface BootFiles {
  readonly root: string;
  readonly work: string;
  readonly initramfs: string;
}

/** Boots tried, at most. */
const TRIES = 3;

/**
 * In software emulation a boot ends now and then before the kernel has said a word (once in some fifty boots with QEMU
 * 7.2), or in a panic (seen once): nothing has happened then, so it is tried again.
 */
async function bootPatiently(folder: string, files: BootFiles, options: GuestOptions, guard: Guard): Promise<Outcome> {
  for (let tried = 1; ; tried++) {
    try {
      return await boot(folder, files, options, guard);
    } catch (error) {
      if (!(error instanceof UnbootedGuest) || tried === TRIES) throw error;
      options.phase('boot');
    }
  }
}

/** Runs the emulator to its end. */
async function boot(
  folder: string,
  files: BootFiles,
  { supplies, accelerator, signal, line }: GuestOptions,
  guard: Guard,
): Promise<Outcome> {
  const args = emulatorLine({ accelerator, kernel: supplies.kernel.file, ...files });
  for (const name of Object.values(outputs)) writeFileSync(join(folder, name), '');
  const { emulator } = supplies;
  signal.throwIfAborted();
  using started = startWatched(emulator.program, [...emulator.args, ...args], guard, {
    cwd: folder,
    env: emulator.env,
  });
  const { child } = started;
  let said = '';
  child.stderr.on('data', (text) => {
    said = (said + text).slice(-4096);
  });
  child.stdout.resume();
  let alive = false;
  using follower = new Follower(join(folder, outputs.progress), (text) => {
    alive = true;
    line(text);
  });
  let timer: NodeJS.Timeout | undefined;
  const ended = await new Promise<string | null>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    child.once('close', (code, by) => resolve(code === 0 ? null : (by ?? `exit code ${code}`)));
    // /dev/kvm may be there, let itself be opened, and run nothing.
    if (accelerator === 'kvm') timer = setTimeout(() => alive || reject(new GuestBroke(KVM_IS_DEAD)), KVM_BOOTS_MS);
  }).finally(() => clearTimeout(timer));
  follower.finish();
  if (ended !== null) {
    const reason = said.trim().split('\n').at(-1);
    throw new GuestBroke(`The emulator ended with ${ended}${reason ? `: ${reason}` : ''}`);
  }
  try {
    return readOutcome(readFileSync(join(folder, outputs.result)));
  } catch (error) {
    if (!(error instanceof GuestBroke)) throw error;
    const console = readFileSync(join(folder, outputs.console), 'latin1');
    const Broke = alive || !isUnbooted(console) ? GuestBroke : UnbootedGuest;
    throw new Broke(`${error.message}. ${lastWords(console)}`);
  }
}

/** Whether a guest that had handed out nothing may do better the next time: it was silent, or its kernel panicked. */
export function isUnbooted(console: string): boolean {
  return console.trim() === '' || PANIC.test(console);
}

const PANIC = /Kernel panic/;

/** What the console says of the end: the panic if there was one, else its last line. */
export function lastWords(console: string): string {
  const lines = console
    .split(/[\r\n]+/)
    .map((text) => text.trim())
    .filter(Boolean);
  const last = lines.findLast((text) => /Kernel panic|guest: cannot go on|Out of memory/.test(text)) ?? lines.at(-1);
  return last === undefined ? 'Its console was silent' : `Its console ended with: ${last.slice(0, 300)}`;
}
