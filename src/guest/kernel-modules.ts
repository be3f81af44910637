/**
 * Modules of a kernel, in the order in which they can be loaded. The dependencies stand in the modules themselves
 * (`depends=` in .modinfo): modules.dep is made only where a kernel is installed, and nothing is installed here.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { CannotRunHere } from '#machine/cannot-run.ts';

/** A module as insmod wants it. */
export interface KernelModule {
  readonly name: string;
  readonly data: Buffer;
}

/**
 * Reads the wanted modules and what they depend on. A name that the kernel has built in, or does not have, is left out:
 * what needs it says so itself.
 *
 * @param folder lib/modules/<release> of the kernel
 * @returns each before those that need it
 */
export function modulesInOrder(folder: string, wanted: readonly string[]): KernelModule[] {
  const files = moduleFiles(folder);
  const loaded = new Map<string, KernelModule>();
  const visit = (name: string, seen: readonly string[]): void => {
    const path = files.get(name);
    if (path === undefined || loaded.has(name) || seen.includes(name)) return;
    const data = decompressed(path);
    for (const other of dependencies(data)) visit(other, [...seen, name]);
    loaded.set(name, { name, data });
  };
  for (const name of wanted) visit(plain(name), []);
  return [...loaded.values()];
}

/** A file's and a module's name differ in `-` and `_`. */
const plain = (name: string): string => name.replaceAll('-', '_');

function moduleFiles(folder: string): Map<string, string> {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return new Map(
    files.flatMap((file) => {
      const name = /([^/]+)\.ko(?:\.xz|\.zst|\.gz)?$/.exec(file)?.[1];
      return name === undefined ? [] : [[plain(name), join(folder, file)] as const];
    }),
  );
}

/** Names after `depends=` in .modinfo: strings that end in NUL. */
export function dependencies(module: Buffer): string[] {
  const start = module.indexOf('\0depends=');
  if (start < 0) return [];
  const from = start + '\0depends='.length;
  const names = module.toString('latin1', from, module.indexOf(0, from));
  return names.split(',').filter(Boolean).map(plain);
}

/** Larger than any module, bytes. */
const LARGEST_MODULE = 64 * 2 ** 20;

function decompressed(path: string): Buffer {
  if (path.endsWith('.zst')) return zstdDecompressSync(readFileSync(path));
  if (path.endsWith('.ko')) return readFileSync(path);
  const program = path.endsWith('.xz') ? 'xz' : 'gzip';
  try {
    return execFileSync(program, ['-dc', path], { maxBuffer: LARGEST_MODULE, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new CannotRunHere('guest-no-program', { program, package: program === 'xz' ? 'xz-utils' : 'gzip' });
  }
}
