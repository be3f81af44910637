/** A kernel for the guest: its file, its modules, and what a result says about it. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/** A kernel file, or a folder of modules, that cannot be used: exit code 2. */
export class BadKernel extends Error {
  override name = 'BadKernel';
}

export interface Kernel {
  readonly file: string;
  /** lib/modules/<release>. */
  readonly modules: string;
  /** As uname(1) will say it. */
  readonly release: string;
  /** Of the kernel file. */
  readonly sha256: string;
  /** Where it comes from, for the result: "Debian cloud kernel". */
  readonly origin: string;
}

/** Kernels that can be chosen by name, with the package of the distribution that leads to the newest of each. */
export const kernelPackages = {
  '6.12': 'linux-image-6.12-cloud-amd64',
  '6.1': 'linux-image-cloud-amd64',
} as const;
export type KernelChoice = keyof typeof kernelPackages;

/**
 * A kernel from two paths.
 * @throws {BadKernel} for a file that is no whole Linux kernel, and modules of another release
 */
export function kernelFrom(file: string, modules: string, origin: string): Kernel {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new BadKernel(`Cannot read kernel '${resolve(file)}': ${(error as Error).message}`, { cause: error });
  }
  const release = releaseOf(bytes, file);
  const folder = resolve(modules);
  if (basename(folder) !== release) {
    throw new BadKernel(
      `Cannot use modules '${folder}' with kernel '${resolve(file)}': expected a folder lib/modules/${release}`,
    );
  }
  if (!isFolder(join(folder, 'kernel'))) {
    throw new BadKernel(`Cannot use modules '${folder}': expected a folder 'kernel' in it, found none`);
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { file: resolve(file), modules: folder, release, sha256, origin };
}

/** Kernel and modules in a package that was unpacked: boot/vmlinuz-<release> and lib/modules/<release>. */
export function kernelIn(folder: string, origin: string): Kernel {
  const file = namesIn(join(folder, 'boot')).find((name) => name.startsWith('vmlinuz-'));
  if (file === undefined) throw new BadKernel(`Cannot find a kernel in '${folder}': expected boot/vmlinuz-…`);
  const release = file.slice('vmlinuz-'.length);
  // Newer packages keep their modules under usr.
  const places = ['lib/modules', 'usr/lib/modules'].map((place) => join(folder, place, release));
  const modules = places.find(isFolder) ?? (places[0] as string);
  return kernelFrom(join(folder, 'boot', file), modules, origin);
}

/**
 * Release in the header of a kernel for the x86 boot protocol (the kernel's Documentation/arch/x86/boot.rst).
 * @throws {BadKernel} also for a file that ends before its own header says
 */
export function releaseOf(bytes: Buffer, file: string): string {
  if (bytes.length < 0x260 || bytes.toString('latin1', 0x202, 0x206) !== 'HdrS') {
    throw new BadKernel(`Cannot use kernel '${resolve(file)}': expected a Linux bzImage for x86, found something else`);
  }
  // setup_sects: sectors of 512 bytes besides the first; syssize: the rest in units of 16 bytes.
  const whole = (bytes.readUInt8(0x1f1) + 1) * 512 + bytes.readUInt32LE(0x1f4) * 16;
  if (bytes.length < whole) {
    throw new BadKernel(
      `Cannot use kernel '${resolve(file)}': expected ${whole} bytes, found ${bytes.length}; it is not whole`,
    );
  }
  const at = bytes.readUInt16LE(0x20e) + 0x200;
  return bytes.toString('latin1', at, bytes.indexOf(0, at)).split(' ')[0] as string;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}
