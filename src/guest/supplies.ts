/** What the guest is made of and the project does not bring: an emulator, a kernel, busybox. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { BadKernel, type Kernel, type KernelChoice, kernelIn, kernelPackages } from './kernel.ts';
import { librariesOf } from './libraries.ts';
import { findPackage, hasPackages, kernelBehind, type Package, unpack, withMissing } from './packages.ts';
import { which } from './system-files.ts';
import type { Tools } from './tools.ts';

export interface Emulator {
  readonly program: string;
  /** Before all others: where it finds its firmware, when it was unpacked into the cache. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Supplies {
  readonly emulator: Emulator;
  readonly kernel: Kernel;
  /** Path of a static busybox. */
  readonly busybox: string;
}

const EMULATOR = 'qemu-system-x86_64';
const EMULATOR_PACKAGE = 'qemu-system-x86';
const BUSYBOX_PACKAGE = 'busybox-static';

/** What of it is here: on the path or in the cache. */
export interface Present {
  readonly emulator: Emulator | null;
  readonly kernel: Kernel | null;
  readonly busybox: string | null;
}

/** Folder of a kernel in the cache. */
const kernelFolder = (cache: string, choice: KernelChoice): string => join(cache, `kernel-${choice}`);

/** @param kernel given by the reader, who needs none from the cache then */
export function present(cache: string, choice: KernelChoice, kernel: Kernel | null): Present {
  return {
    emulator: emulatorOnPath() ?? emulatorIn(join(cache, 'emulator')),
    kernel: kernel ?? cachedKernel(cache, choice),
    busybox:
      staticBusybox() ?? fileOr(join(cache, 'busybox', 'bin', 'busybox'), join(cache, 'busybox', 'usr/bin/busybox')),
  };
}

/** A kernel in the cache; null when there is none, or it is not whole: then it is fetched anew. */
export function cachedKernel(cache: string, choice: KernelChoice): Kernel | null {
  try {
    return kernelIn(kernelFolder(cache, choice), 'Debian cloud kernel');
  } catch (error) {
    if (error instanceof BadKernel) return null;
    throw error;
  }
}

/** One thing to fetch: packages that are unpacked into a folder of the cache. */
export interface Fetch {
  readonly into: string;
  readonly packages: readonly Package[];
}

/** What the distribution would have to bring. @throws {CannotRunHere} where there is no way to it */
export async function missing(has: Present, cache: string, choice: KernelChoice, tools: Tools): Promise<Fetch[]> {
  if (has.emulator && has.kernel && has.busybox) return [];
  if (!hasPackages()) {
    if (!has.emulator) throw new CannotRunHere('guest-no-emulator');
    throw new CannotRunHere(has.kernel ? 'guest-no-busybox' : 'guest-no-kernel');
  }
  const fetches: Fetch[] = [];
  if (!has.kernel) {
    const meta = await findPackage(kernelPackages[choice], tools);
    fetches.push({ into: kernelFolder(cache, choice), packages: [await findPackage(kernelBehind(meta), tools)] });
  }
  if (!has.busybox)
    fetches.push({ into: join(cache, 'busybox'), packages: [await findPackage(BUSYBOX_PACKAGE, tools)] });
  if (!has.emulator)
    fetches.push({ into: join(cache, 'emulator'), packages: await withMissing(EMULATOR_PACKAGE, tools) });
  return fetches;
}

/** Brings it into the cache. @param folder of this run, on the file system of the cache */
export async function fetchAll(fetches: readonly Fetch[], folder: string, tools: Tools): Promise<void> {
  for (const [index, { into, packages }] of fetches.entries()) {
    const target = join(folder, `unpacked-${index}`);
    await unpack(packages, folder, target, tools);
    mkdirSync(target, { recursive: true });
    // What is there is not whole, or it would not have been fetched.
    rmSync(into, { recursive: true, force: true });
    renameSync(target, into);
  }
}

/** All of it. @throws {CannotRunHere} when something is still not there */
export function complete({ emulator, kernel, busybox }: Present): Supplies {
  if (!emulator) throw new CannotRunHere('guest-no-emulator');
  if (!kernel) throw new CannotRunHere('guest-no-kernel');
  if (!busybox) throw new CannotRunHere('guest-no-busybox');
  return { emulator, kernel, busybox };
}

function emulatorOnPath(): Emulator | null {
  const program = which(EMULATOR);
  return program === null ? null : { program, args: [], env: {} };
}

/** An emulator that was unpacked and not installed: it is told where its libraries and its firmware are. */
function emulatorIn(root: string): Emulator | null {
  const program = join(root, 'usr/bin', EMULATOR);
  if (!existsSync(program)) return null;
  const libraries = ['lib', 'usr/lib'].flatMap((folder) => {
    const path = join(root, folder, 'x86_64-linux-gnu');
    // Some packages put theirs one folder deeper, and leave the link to an installation.
    return existsSync(path) ? [path, ...foldersIn(path)] : [];
  });
  const firmware = ['usr/share/qemu', 'usr/share/seabios', 'usr/lib/ipxe/qemu'].map((folder) => join(root, folder));
  return {
    program,
    args: firmware.flatMap((folder) => ['-L', folder]),
    env: { LD_LIBRARY_PATH: libraries.join(':'), QEMU_MODULE_DIR: join(root, 'usr/lib/x86_64-linux-gnu/qemu') },
  };
}

/** busybox of the host, if it needs no library: the initramfs has none. */
function staticBusybox(): string | null {
  const path = which('busybox');
  return path !== null && librariesOf(path).length === 0 ? path : null;
}

function fileOr(...paths: readonly string[]): string | null {
  return paths.find((path) => existsSync(path)) ?? null;
}

function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(path, entry.name));
}
