/** Rules about the files of the project: where they may lie, how long they may be, and what must not stand in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, matchesGlob } from 'node:path';
import { namedTiers } from '../runner/tiers.ts';

/** Every file of the project, relative to it, without what .gitignore names. */
export function projectFiles(root: string): readonly string[] {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  const patterns = ['.git', ...ignored.map((line) => line.replace(/^\/|\/$/g, ''))];
  return filesUnder(root, '', patterns).toSorted();
}

function filesUnder(root: string, folder: string, ignored: readonly string[]): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !ignored.some((pattern) => matchesGlob(entry.name, pattern)))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(root, path, ignored) : [path];
    });
}

const topFolders = ['src', 'labs', 'content', 'test', '.ci', '.devcontainer', '.github'];
const topFiles = /^(\..+|.+\.md|.+\.json|.+\.config\.(mjs|ts)|LICENSE|zc)$/;

/** What lies at the top besides the mandated folders, configuration and prose. */
export function strayAtTop(files: readonly string[]): readonly string[] {
  const strays = files.filter((file) => {
    const [top = '', ...below] = file.split('/');
    return below.length > 0 ? !topFolders.includes(top) : !topFiles.test(top);
  });
  return [...new Set(strays.map((file) => file.split('/', 1)[0]))].map(
    (top) => `${top}: the top level holds ${topFolders.join(', ')}, configuration and prose`,
  );
}

/** Folders of tests that try something else than one room: the house, whole commands, what is published. */
const roomless = ['house', 'install', 'content', 'command-line', 'instrument', 'prove', 'fixtures'];
/** Tiers that try the whole, so that no one module is their subject. */
const wholes = ['site', 'browser', 'install'];

/** Tests of several modules of a room together, each with what it tries. */
const ofSeveral: Readonly<Record<string, string>> = {
  'broker/kill': 'brokers that are killed under load',
  'broker/storage/kill': 'logs of which the writer is killed',
  'cli/commands': 'the real ./zc',
  'cli/faults': 'the real ./zc where something goes wrong',
  'model/claims/each': 'every claim over the committed results',
  'machine/places': 'work folder, result store and measuring lock',
  'proof/calls/paths': 'the traced calls of every technique',
  'proof/calls/mixed': 'a program that mixes everything',
  'transfer/contract': 'every technique and both loops',
};

/**
 * Test files whose subject does not exist: test/<room>/x.test.ts tests src/<room>/x.ts or the folder src/<room>/x; in
 * test/labs, a lab; anywhere, a helper of the tests beside it. Listed tests that are gone are found too.
 */
export function testsWithoutSubject(files: readonly string[], several = ofSeveral): readonly string[] {
  const modules = new Set(files.map((file) => file.replace(/\.(ts|mjs|astro)$/, '')));
  const exists = (subject: string) => modules.has(subject) || files.some((file) => file.startsWith(`${subject}/`));
  const tests = files.filter((file) => /^test\/.*\.test\.ts$/.test(file));
  const lost = tests.flatMap((file) => {
    const [name, tier] = nameAndTier(file);
    const [room = ''] = name.split('/');
    if (roomless.includes(room) || wholes.includes(tier) || several[name]) return [];
    const subject = room === 'labs' ? name : `src/${name}`;
    if (exists(subject) || exists(`test/${name}`)) return [];
    return [`${file}: neither ${subject}.ts nor the folder ${subject} exists, so name the test after what it tests`];
  });
  const names = tests.map((file) => nameAndTier(file)[0]);
  const gone = Object.keys(several).filter((name) => !names.includes(name));
  return [
    ...lost,
    ...gone.map((name) => `${name} is no test any more: remove it from ofSeveral in test/house/tree.ts`),
  ];
}

/** `model/words` and `base` for test/model/words.test.ts, `proof/calls` and `trace` for test/proof/calls.trace.test.ts. */
function nameAndTier(file: string): readonly [string, string] {
  const name = file.replace(/^test\//, '').replace(/\.test\.ts$/, '');
  const tier = namedTiers.find((one) => name.endsWith(`.${one}`));
  return tier ? [name.slice(0, -tier.length - 1), tier] : [name, 'base'];
}

/** Lines that a source file may have. */
const LONGEST = 200;
/** Longer files, each with its reason. */
const mayBeLong: Readonly<Record<string, string>> = {};

/** Source files that are too long, and reasons that are no longer needed. */
export function tooLong(root: string, files: readonly string[], allowed = mayBeLong): readonly string[] {
  const long = files.filter(
    (file) => /^(src|labs)\/.*\.(ts|mjs|astro|css)$/.test(file) && linesOf(join(root, file)) > LONGEST,
  );
  return [
    ...long
      .filter((file) => !allowed[file])
      .map((file) => `${file} has ${linesOf(join(root, file))} lines: split it, ${LONGEST} are the most`),
    ...Object.keys(allowed)
      .filter((file) => !long.includes(file))
      .map((file) => `${file} may be long, and is not: remove it from mayBeLong in test/house/tree.ts`),
  ];
}

function linesOf(file: string): number {
  return readFileSync(file, 'utf8').trimEnd().split('\n').length;
}

/** Hosts of package registries: the lock file works with any, and no file may prefer one. */
const registries = /registry\.(npmjs|yarnpkg|npmmirror)\.\w+|npm\.pkg\.github\.com/;
/** Somebody's home. */
const homes = /(?<![\w.~-])\/(home|Users)\/[a-z][\w.-]*/;
/** Folders that many machines have and that may be spoken of. */
const common = ['/', '/tmp', '/var/tmp', '/home', '/opt', '/srv', '/usr/src', '/workspaces'];

/** Paths of the machine a file was written on, and hosts of package registries. */
export function traces(root: string, files: readonly string[], home = homedir()): readonly string[] {
  const places = [root, dirname(root), home].filter((place) => !common.includes(place));
  const paths = [homes, ...places.map((place) => new RegExp(`(?<![\\w.~-])${escaped(place)}/`))];
  return files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => {
        const registry = registries.exec(line)?.[0];
        if (registry) return [`${file}:${at + 1} names a package registry: ${registry}`];
        const path = paths.map((one) => one.exec(line)?.[0]).find(Boolean);
        return path ? [`${file}:${at + 1} holds a path of one machine: ${path}`] : [];
      }),
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
