import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Guard } from '#machine/guard.ts';
import { findJars, type JarPlaces, provideJars, readChecksums } from '../../../labs/kafka/jars.ts';

const guard = new Guard();
afterAll(() => guard.release());

let root = '';
let places: JarPlaces = { cache: '', checksums: '' };
const sum = (text: string) => createHash('sha256').update(text).digest('hex');
const jars = { 'kafka-clients-4.3.1.jar': 'clients', 'other-1.jar': 'other' };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'zc jars '));
  places = { cache: join(root, 'cache'), checksums: join(root, 'sums') };
  mkdirSync(places.cache);
  writeFileSync(
    places.checksums,
    Object.entries(jars)
      .map(([name, text]) => `${sum(text)}  ${name}\n`)
      .join(''),
  );
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

/** Puts a program named mvn alone on the path. */
function mavenThatDoes(script: string): void {
  const folder = join(root, 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, 'mvn'), `#!/bin/sh\nfor last do :; done\njars="\${last#-Djars=}"\n${script}\n`);
  chmodSync(join(folder, 'mvn'), 0o755);
  vi.stubEnv('PATH', folder);
}
const copying = Object.entries(jars)
  .map(([name, text]) => `printf %s ${text} >"$jars/${name}"`)
  .join('\n');

function fillCache(content: Record<string, string>): string {
  const folder = join(places.cache, 'kafka-4.3.1');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(content)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('findJars()', () => {
  test('finds those in the cache that are the expected ones, all of them and no other', () => {
    expect(findJars(places)).toBeNull();
    const folder = fillCache(jars);
    expect(findJars(places)).toEqual({ classPath: join(folder, '*'), version: '4.3.1', from: 'cache' });
    writeFileSync(join(folder, 'other-1.jar'), 'Other');
    expect(findJars(places)).toBeNull();
    writeFileSync(join(folder, 'other-1.jar'), 'other');
    writeFileSync(join(folder, 'stray.jar'), '');
    expect(findJars(places)).toBeNull();
    rmSync(join(folder, 'stray.jar'));
    rmSync(join(folder, 'other-1.jar'));
    expect(findJars(places)).toBeNull();
  });

  test('takes those of KAFKA_HOME as they are, and says when there are none', () => {
    const home = join(root, 'home');
    expect(() => findJars({ ...places, home })).toThrow(
      expect.objectContaining({ code: 'kafka-home', args: { path: home } }),
    );
    mkdirSync(join(home, 'libs'), { recursive: true });
    writeFileSync(join(home, 'libs', 'kafka-clients-4.1.0.jar'), '');
    expect(findJars({ ...places, home })).toEqual({
      classPath: join(home, 'libs', '*'),
      version: '4.1.0',
      from: 'KAFKA_HOME',
    });
  });
});

describe('provideJars()', () => {
  test('lets Maven bring them, once', async () => {
    mavenThatDoes(`PATH=/usr/bin:/bin\necho x >>'${root}/runs'\n${copying}`);
    const said: string[] = [];
    const first = await provideJars(guard, (line) => said.push(line), places);
    expect(said).toEqual([`Maven brings the jars of Apache Kafka 4.3.1 into ${places.cache} …`]);
    expect(await provideJars(guard, (line) => said.push(line), places)).toEqual(first);
    expect(readFileSync(join(root, 'runs'), 'utf8')).toBe('x\n');
    expect(readdirSync(places.cache)).toEqual(['kafka-4.3.1']);
  });

  test('replaces what was changed in the cache', async () => {
    const folder = fillCache({ ...jars, 'other-1.jar': 'changed' });
    mavenThatDoes(copying);
    await provideJars(guard, () => {}, places);
    expect(readFileSync(join(folder, 'other-1.jar'), 'utf8')).toBe('other');
  });

  test.each([
    ['another file', `${copying}\nprintf changed >"$jars/other-1.jar"`, /^expected sha256 .* of other-1\.jar, found/],
    ['a file more', `${copying}\nprintf x >"$jars/more.jar"`, /^more\.jar is not expected$/],
    ['a file less', 'printf clients >"$jars/kafka-clients-4.3.1.jar"', /^other-1\.jar is missing$/],
    ['nothing, and says why', 'echo "[ERROR] no host"; echo "[ERROR] [Help 1]"; exit 1', /^no host$/],
    ['nothing', 'exit 3', /^mvn ended with exit code 3: it printed nothing$/],
  ])('takes nothing when Maven brings %s', async (_, script, said) => {
    mavenThatDoes(script);
    const error = await provideJars(guard, () => {}, places).catch((caught) => caught);
    expect(error).toMatchObject({ code: 'kafka-not-fetched', args: { said: expect.stringMatching(said) } });
    expect(readdirSync(places.cache)).toEqual([]);
  });

  test('cannot run without Maven', async () => {
    vi.stubEnv('PATH', join(root, 'nowhere'));
    await expect(provideJars(guard, () => {}, places)).rejects.toMatchObject({ code: 'no-kafka' });
    expect(existsSync(join(places.cache, 'kafka-4.3.1'))).toBe(false);
  });
});

describe('jars.sha256', () => {
  const folder = join(import.meta.dirname, '../../../labs/kafka');
  const { version, sha256 } = readChecksums(join(folder, 'jars.sha256'));

  test('is of the version that pom.xml asks for, exactly', () => {
    const pom = readFileSync(join(folder, 'pom.xml'), 'utf8');
    const versions = [...pom.matchAll(/<artifactId>(kafka[\w.-]*)<\/artifactId>\s*<version>(.*)<\/version>/g)];
    expect(versions.map(([, name, found]) => [name, found])).toEqual([
      ['kafka', '1'],
      ['kafka_2.13', version],
      ['kafka-tools', version],
    ]);
    expect(pom).not.toMatch(/<version>.*[[(,LR]/);
    expect(sha256.has(`kafka_2.13-${version}.jar`)).toBe(true);
    expect(sha256.has(`kafka-tools-${version}.jar`)).toBe(true);
  });

  test('that is no list of checksums is refused', () => {
    writeFileSync(places.checksums, 'deadbeef  kafka-clients-1.jar\n');
    expect(() => readChecksums(places.checksums)).toThrow("'deadbeef  kafka-clients-1.jar' is no checksum");
    writeFileSync(places.checksums, `${sum('x')}  other-1.jar\n`);
    expect(() => readChecksums(places.checksums)).toThrow('it names no kafka-clients');
  });
});
