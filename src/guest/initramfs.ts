/** What the kernel unpacks into memory: busybox, modules, the first program, and what is new each run: project and command. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cpio, type Entry } from './cpio.ts';
import type { KernelModule } from './kernel-modules.ts';
import { PACKAGES } from './system-files.ts';

const own = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));

/** The part that belongs to a kernel. @param config its configuration, for labs that ask what it was built with */
export function bootArchive(busybox: string, modules: readonly KernelModule[]): Buffer {
  return cpio([
    { kind: 'file', path: '/init', data: own('./init.sh'), executable: true },
    { kind: 'file', path: '/bin/busybox', data: readFileSync(busybox), executable: true },
    { kind: 'device', path: '/dev/console', major: 5, minor: 1 },
    ...['/proc', '/sys', '/system'].map((path) => ({ kind: 'folder', path }) as const),
    { kind: 'file', path: '/modules/order', data: Buffer.from(modules.map(({ name }) => `${name}\n`).join('')) },
    ...modules.map(({ name, data }) => ({ kind: 'file', path: `/modules/${name}.ko`, data }) as const),
  ]);
}

/** What a command runs in: its words, and the environment it gets. */
export interface GuestCommand {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The part that belongs to a run: the project as it is now, and the command. */
export function runArchive(clone: string, { words, env }: GuestCommand): Buffer {
  const settings = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  return cpio([
    ...projectEntries(clone),
    { kind: 'link', path: '/project/node_modules', target: PACKAGES },
    { kind: 'file', path: '/session/session.sh', data: own('./session.sh') },
    { kind: 'file', path: '/session/settings', data: Buffer.from(settings.join('')) },
    { kind: 'file', path: '/session/command', data: Buffer.from(`exec ${words.map(quoted).join(' ')}\n`) },
  ]);
}

/** A word as the shell reads it. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Parts of the clone that a run reads; recorded results and the site are not among them. */
const PARTS = ['zc', 'package.json', 'src', 'labs'];
const LEFT_OUT = /^(src\/site|labs\/results)\//;

function projectEntries(clone: string): Entry[] {
  const files = PARTS.flatMap((part) =>
    statSync(join(clone, part)).isDirectory()
      ? readdirSync(join(clone, part), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => relative(clone, join(entry.parentPath, entry.name)))
      : [part],
  );
  return files
    .filter((file) => !LEFT_OUT.test(file))
    .map((file) => ({
      kind: 'file',
      path: `/project/${file}`,
      data: readFileSync(join(clone, file)),
      executable: (statSync(join(clone, file)).mode & 0o100) !== 0,
    }));
}
