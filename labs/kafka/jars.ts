/**
 * Apache Kafka's jars: those of KAFKA_HOME, or those that Maven brings into the cache as pom.xml says. What Maven brings
 * is compared with jars.sha256 (as sha256sum(1) writes it) whenever it is used.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { ChildBroke } from '#machine/child.ts';
import type { Guard } from '#machine/guard.ts';
import { findProgram, Program } from '#machine/program.ts';
import { lastingFolder, makeRunFolder } from '#machine/work-folder.ts';

export interface Jars {
  /** What java gets with -cp. */
  readonly classPath: string;
  readonly version: string;
  readonly from: 'KAFKA_HOME' | 'cache';
}

/** Where to look, and for which files; a test has its own. */
export interface JarPlaces {
  readonly home?: string | undefined;
  /** Folder that holds a folder of jars for each version. */
  readonly cache: string;
  /** File with the checksums. */
  readonly checksums: string;
}

const pom = join(import.meta.dirname, 'pom.xml');
/** Maven downloads some 60 MB, its own plugin included, when it has none of it yet. */
const FETCH_MS = 600_000;

export function usualPlaces(): JarPlaces {
  return {
    home: process.env.KAFKA_HOME || undefined,
    cache: lastingFolder(),
    checksums: join(import.meta.dirname, 'jars.sha256'),
  };
}

/** The jars that are here; null when Maven would have to bring them. @throws {CannotRunHere} for a wrong KAFKA_HOME */
export function findJars(places: JarPlaces = usualPlaces()): Jars | null {
  if (places.home) return homeJars(places.home);
  const expected = readChecksums(places.checksums);
  const folder = join(places.cache, `kafka-${expected.version}`);
  return firstFault(folder, expected) === null ? jarsIn(folder, expected.version, 'cache') : null;
}

/**
 * The jars; when they are not here, Maven brings them: 45 MB, in a few seconds where it has them already.
 * @param say told before anything is downloaded
 * @throws {CannotRunHere} when there is no way to them, or what came is not what is expected
 */
export async function provideJars(guard: Guard, say: (line: string) => void, places = usualPlaces()): Promise<Jars> {
  const here = findJars(places);
  if (here) return here;
  const expected = readChecksums(places.checksums);
  const maven = findMaven();
  say(`Maven brings the jars of Apache Kafka ${expected.version} into ${places.cache} …`);
  const run = makeRunFolder({ path: places.cache }, (path) => guard.watchFolder(path));
  try {
    const folder = join(run.path, 'jars');
    mkdirSync(folder);
    await fetchInto(folder, maven, guard);
    const fault = firstFault(folder, expected);
    if (fault) throw new CannotRunHere('kafka-not-fetched', { said: fault });
    const place = join(places.cache, `kafka-${expected.version}`);
    rmSync(place, { recursive: true, force: true });
    renameSync(folder, place);
    return jarsIn(place, expected.version, 'cache');
  } finally {
    rmSync(run.path, { recursive: true, force: true });
    run.lock[Symbol.dispose]();
  }
}

function homeJars(home: string): Jars {
  const libs = join(home, 'libs');
  const [version] = namesIn(libs).flatMap((name) => /^kafka-clients-(\d[\w.-]*)\.jar$/.exec(name)?.[1] ?? []);
  if (version === undefined) throw new CannotRunHere('kafka-home', { path: home });
  return jarsIn(libs, version, 'KAFKA_HOME');
}

function jarsIn(folder: string, version: string, from: Jars['from']): Jars {
  return { classPath: join(folder, '*'), version, from };
}

function findMaven(): string {
  try {
    return findProgram('mvn');
  } catch (error) {
    throw new CannotRunHere('no-kafka', {}, { cause: error });
  }
}

async function fetchInto(folder: string, maven: string, guard: Guard): Promise<void> {
  const args = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-Djars=${folder}`];
  const program = new Program(maven, args, guard);
  try {
    await program.succeed(FETCH_MS);
  } catch (error) {
    await program.end();
    if (!(error instanceof ChildBroke)) throw error;
    // Its last lines say where help is; the first error is the reason.
    const said = /^\[ERROR\] (.*)$/m.exec(program.said)?.[1] ?? error.message;
    throw new CannotRunHere('kafka-not-fetched', { said }, { cause: error });
  }
}

interface Checksums {
  readonly version: string;
  readonly sha256: ReadonlyMap<string, string>;
}

/** @throws {Error} when the file is not what sha256sum writes, or has no broker in it */
export function readChecksums(file: string): Checksums {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const sha256 = new Map(
    lines.map((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) {2}([\w.-]+\.jar)$/.exec(line) ?? [];
      if (sum === undefined || name === undefined) throw new Error(`Cannot read '${file}': '${line}' is no checksum`);
      return [name, sum] as const;
    }),
  );
  const [version] = [...sha256.keys()].flatMap((name) => /^kafka-clients-(.*)\.jar$/.exec(name)?.[1] ?? []);
  if (version === undefined) throw new Error(`Cannot read '${file}': it names no kafka-clients`);
  return { version, sha256 };
}

/** What is wrong with a folder of jars; null when it holds exactly what is expected. */
function firstFault(folder: string, { sha256 }: Checksums): string | null {
  const found = namesIn(folder);
  const stray = found.find((name) => !sha256.has(name));
  if (stray) return `${stray} is not expected`;
  for (const [name, sum] of sha256) {
    if (!found.includes(name)) return `${name} is missing`;
    const is = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
    if (is !== sum) return `expected sha256 ${sum} of ${name}, found ${is}`;
  }
  return null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
