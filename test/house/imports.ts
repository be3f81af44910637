/** Who imports whom, and the house's rules about it. CONTRIBUTING.md shows the same rules as a picture. */
import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

/** One import statement. */
export interface Import {
  /** File that imports, relative to the clone. */
  readonly from: string;
  /** File that is imported, relative to the clone; for a package, its name; for a module of Node, `node:…`. */
  readonly to: string;
  readonly of: 'file' | 'package';
  /** Imported as text (`?raw`): nothing of it runs. */
  readonly raw: boolean;
}

const chain = ['model', 'machine', 'transfer', 'measure', 'proof'];
const belowCommands = [...chain, 'broker', 'guest', 'learn'];

/** Rooms that each room may import from, besides itself. A room that is not here has no rule yet, which is a violation. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(chain.map((room, place) => [room, chain.slice(0, place)])),
  broker: ['model', 'machine', 'transfer'],
  guest: ['model', 'machine'],
  learn: chain,
  cli: belowCommands,
  site: ['model'],
  labs: [...belowCommands, 'cli'],
  content: ['site'],
};

/** Packages that only some folders may import. */
const keepers: Readonly<Record<string, readonly string[]>> = {
  koffi: ['src/machine/libc'],
  zod: ['src/model', 'src/cli'],
};

/** Every rule that the tree at `root` breaks, one sentence each. */
export function violations(root: string): readonly string[] {
  const imports = importsOf(root);
  const lastly = reachable(imports, 'site', 'koffi');
  return [
    ...imports.flatMap((one) => [...betweenRooms(one), ...ofPackages(one)]),
    ...(lastly ? [`${lastly.join(' → ')}: a page must never load native code`] : []),
  ];
}

function betweenRooms({ from, to, of, raw }: Import): readonly string[] {
  const [here, there] = [roomOf(from), roomOf(to)];
  // Source as text and the data of labs run nothing: pages quote the one and draw the other.
  if (of === 'package' || here === there || raw || (there === 'labs' && to.endsWith('.json'))) return [];
  const allowed = mayImport[here];
  if (!allowed) return [`${from}: there is no import rule for the room '${here}', so add it to test/house/imports.ts`];
  if (allowed.includes(there)) return [];
  if (there === 'labs') return [`${from} imports ${to}: nothing in src imports labs, it is given a path`];
  return [`${from} imports ${to}: ${here} may import ${allowed.join(', ') || 'no other room'}`];
}

function ofPackages({ from, to, of }: Import): readonly string[] {
  if (of === 'file') return [];
  if (roomOf(from) === 'model' && isBuiltin(to))
    return [`${from} imports ${to}: model is pure and runs in a browser too`];
  const folders = keepers[to];
  if (!folders || folders.some((folder) => from.startsWith(`${folder}/`))) return [];
  return [`${from} imports ${to}: only ${folders.join(' and ')} may`];
}

/** The way from a room's files to a package, file by file; null when there is none. */
function reachable(imports: readonly Import[], room: string, target: string): readonly string[] | null {
  const ways = new Map(imports.filter(({ from }) => roomOf(from) === room).map(({ from }) => [from, [from]]));
  for (const [file, way] of ways) {
    for (const { to, raw } of imports.filter((one) => one.from === file)) {
      if (to === target) return [...way, to];
      if (!raw && !ways.has(to)) ways.set(to, [...way, to]);
    }
  }
  return null;
}

/** `model` for src/model/…, `labs` for labs/…, `content` for content/…. */
function roomOf(file: string): string {
  const [top = '', room = ''] = file.split('/');
  return top === 'src' ? room : top;
}

/** Every import of src, labs and content. */
export function importsOf(root: string): readonly Import[] {
  const aliases = Object.entries<string>(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).imports ?? {});
  const files = globSync(['src/**/*.{ts,mjs,astro}', 'labs/**/*.{ts,mjs}', 'content/**/*.mdx'], { cwd: root }).sort();
  return files.flatMap((from) =>
    specifiers(from, readFileSync(join(root, from), 'utf8')).map((specifier) => resolve(from, specifier, aliases)),
  );
}

function specifiers(file: string, text: string): readonly string[] {
  const code = file.endsWith('.astro') ? astroCode(text) : file.endsWith('.mdx') ? mdxImports(text) : text;
  return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The frontmatter and the scripts of a component: its HTML is no code. */
function astroCode(text: string): string {
  const frontmatter = /^---\n(.*?)\n---/s.exec(text)?.[1] ?? '';
  const scripts = [...text.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map((found) => found[1]);
  return [frontmatter, ...scripts].join('\n');
}

/** The import statements of a page, without those in code blocks. */
function mdxImports(text: string): string {
  const prose = text.replace(/^(```+).*?^\1/gms, '');
  return [...prose.matchAll(/^import\s(?:[^'"]*?\sfrom\s*)?['"][^'"]+['"];?$/gm)]
    .map(([statement]) => statement)
    .join('\n');
}

function resolve(from: string, specifier: string, aliases: readonly (readonly [string, string])[]): Import {
  const [path = '', query = ''] = specifier.split('?');
  const raw = query === 'raw';
  if (path.startsWith('.')) return { from, to: normalize(join(dirname(from), path)), of: 'file', raw };
  for (const [alias, target] of aliases) {
    const [start = '', end] = alias.split('*');
    if (end === undefined ? path === alias : path.startsWith(start)) {
      return { from, to: normalize(target.replace('*', path.slice(start.length))), of: 'file', raw };
    }
  }
  const parts = path.split('/');
  const name = parts.slice(0, path.startsWith('@') ? 2 : 1).join('/');
  return { from, to: isBuiltin(path) ? path : name, of: 'package', raw };
}
