/**
 * Whether package-lock.json installs everywhere. npm leaves packages of other systems out of the lock where the registry
 * it reaches lacks them, says nothing, and `npm ci` then refuses the lock: npm/cli#4828.
 */

type Versions = Readonly<Record<string, string>>;

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly libc?: string | readonly string[];
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
}

export interface Lockfile {
  /** Folder → package; `''` is the project itself. */
  readonly packages: Readonly<Record<string, Package>>;
}

export interface Manifest {
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
}

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/** Programs that come as one package a platform: how the packages of each begin. */
const families: Readonly<Record<string, RegExp>> = {
  node: /^node(-bin)?-(linux|darwin)-/,
  koffi: /^@koromix\/koffi-/,
  biome: /^@biomejs\/cli-/,
  rolldown: /^@rolldown\/binding-/,
  esbuild: /^@esbuild\//,
  pagefind: /^@pagefind\/(linux|darwin)-/,
  satteri: /^@bruits\/satteri-/,
  sharp: /^@img\/sharp-(linux|darwin)-/,
  'libvips of sharp': /^@img\/sharp-libvips-/,
  'the Astro compiler': /^@astrojs\/compiler-binding-/,
  lightningcss: /^lightningcss-/,
};

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

/** Everything that is wrong with the lock file, one sentence each. */
export function lockProblems(manifest: Manifest, lock: Lockfile): readonly string[] {
  return [
    ...inexact(manifest),
    ...differing(manifest, lock),
    ...unlisted(lock),
    ...incomplete(lock),
    ...resolved(lock),
  ];
}

function inexact(manifest: Manifest): readonly string[] {
  return kinds.flatMap((kind) =>
    Object.entries(manifest[kind] ?? {})
      .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
      .map(([name, version]) => `package.json names ${name} ${version}: an exact version is expected`),
  );
}

function differing(manifest: Manifest, lock: Lockfile): readonly string[] {
  const root = lock.packages[''] ?? {};
  return kinds
    .filter((kind) => JSON.stringify(sorted(manifest[kind])) !== JSON.stringify(sorted(root[kind])))
    .map((kind) => `package-lock.json has other ${kind} than package.json: run 'npm install'`);
}

/** Dependencies, of other systems too, that the lock names and does not hold: what `npm ci` refuses. */
function unlisted({ packages }: Lockfile): readonly string[] {
  return Object.entries(packages).flatMap(([folder, entry]) =>
    [entry.dependencies, entry.optionalDependencies, folder === '' ? entry.devDependencies : undefined]
      .flatMap((versions) => Object.keys(versions ?? {}))
      .filter((name) => !holds(packages, folder, name))
      .map((name) => `package-lock.json lacks ${name}, which ${folder || 'package.json'} names`),
  );
}

/** Looks for a package as Node does: in the folder's own node_modules, then in those above. */
function holds(packages: Lockfile['packages'], folder: string, name: string): boolean {
  for (let at = folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[at ? `${at}/node_modules/${name}` : `node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

function incomplete({ packages }: Lockfile): readonly string[] {
  const entries = Object.entries(packages).map(([folder, entry]) => ({
    name: folder.split('node_modules/').at(-1) ?? '',
    entry,
  }));
  return Object.entries(families).flatMap(([family, names]) => {
    const members = entries.filter(({ name }) => names.test(name));
    return platforms
      .filter((platform) => !members.some(({ entry }) => runsOn(entry, platform)))
      .map((platform) => `package-lock.json lacks ${family} for ${platform}: choose a version that has it there`);
  });
}

function runsOn({ os, cpu, libc }: Package, platform: string): boolean {
  const [system = '', processor = ''] = platform.split('-');
  return (
    [os ?? []].flat().includes(system) &&
    [cpu ?? []].flat().includes(processor) &&
    (libc === undefined || [libc].flat().includes('glibc'))
  );
}

function resolved({ packages }: Lockfile): readonly string[] {
  return Object.entries(packages)
    .filter(([, entry]) => entry.resolved !== undefined)
    .map(([folder]) => `package-lock.json says where ${folder} came from: .npmrc leaves that out, run 'npm install'`);
}

function sorted(versions: Versions = {}): readonly (readonly [string, string])[] {
  return Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1));
}
