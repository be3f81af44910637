/**
 * Packages of a Debian-like distribution, taken apart into a folder and never installed: apt-cache(8) knows them,
 * apt-get(8) brings them as any user, dpkg-deb(1) unpacks them.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { GuestBroke } from './guest-broke.ts';
import { which } from './system-files.ts';
import type { Tools } from './tools.ts';

/** A package as the distribution offers it now. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** Of the file that is downloaded. */
  readonly bytes: number;
  readonly sha256: string;
  /** What it needs, as the distribution says it: `a (= 1), b | c`. */
  readonly depends: string;
}

/** Whether this system has the three programs. */
export function hasPackages(): boolean {
  return ['apt-cache', 'apt-get', 'dpkg-deb'].every((name) => which(name) !== null);
}

/** @throws {CannotRunHere} when the lists of this system do not name it */
export async function findPackage(name: string, tools: Tools): Promise<Package> {
  return packageIn(await asked(tools.run('apt-cache', 'apt', ['show', '--no-all-versions', name]), name), name);
}

/** What a program says of a package. @throws {CannotRunHere} when it says that there is none */
async function asked(answer: Promise<string>, name: string): Promise<string> {
  try {
    return await answer;
  } catch (error) {
    const unknown = error instanceof GuestBroke && /No packages found|Unable to locate package/.test(error.message);
    throw unknown ? new CannotRunHere('guest-package-unknown', { package: name }, { cause: error }) : error;
  }
}

/** Reads what `apt-cache show` prints. */
export function packageIn(text: string, name: string): Package {
  const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(text)?.[1]?.trim();
  const [version, bytes, sha256] = [field('Version'), Number(field('Size')), field('SHA256')];
  if (field('Package') !== name || version === undefined || !(bytes > 0) || sha256 === undefined) {
    throw new CannotRunHere('guest-package-unknown', { package: name });
  }
  return { name, version, bytes, sha256, depends: field('Depends') ?? '' };
}

/**
 * The kernel that a meta-package stands for: the archive drops point releases, and their names with them.
 * @throws {CannotRunHere} when it names none
 */
export function kernelBehind({ name, depends }: Package): string {
  const found = depends.split(/[,|]/).map((one) => one.trim().split(' ')[0] ?? '');
  const kernel = found.find((one) => /^linux-image-\d/.test(one));
  if (kernel === undefined) throw new CannotRunHere('guest-package-unknown', { package: name });
  return kernel;
}

/** A package and what it needs that is not installed here, without what is only recommended. */
export async function withMissing(name: string, tools: Tools): Promise<Package[]> {
  const args = ['-s', '-qq', '--no-install-recommends', 'install', name];
  const text = await asked(tools.run('apt-get', 'apt', args), name);
  const names = text.split('\n').flatMap((line) => /^Inst (\S+)/.exec(line)?.[1] ?? []);
  return await Promise.all(names.map((one) => findPackage(one, tools)));
}

/**
 * Downloads packages and unpacks them one over the other.
 * @param folder where the files go for a moment @param target where their content goes
 * @throws {GuestBroke} when a file is not the one that the lists name
 */
export async function unpack(
  packages: readonly Package[],
  folder: string,
  target: string,
  tools: Tools,
): Promise<void> {
  mkdirSync(target, { recursive: true });
  for (const one of packages) {
    const place = join(folder, 'download');
    mkdirSync(place);
    await tools.run('apt-get', 'apt', ['-qq', 'download', `${one.name}=${one.version}`], place);
    const file = readdirSync(place).find((name) => name.endsWith('.deb'));
    if (file === undefined) throw new GuestBroke(`Cannot download ${one.name}: apt-get brought no file`);
    const found = createHash('sha256')
      .update(readFileSync(join(place, file)))
      .digest('hex');
    if (found !== one.sha256) {
      throw new GuestBroke(`Cannot use ${one.name}: expected sha256 ${one.sha256}, ${found} was downloaded`);
    }
    await tools.run('dpkg-deb', 'dpkg', ['-x', join(place, file), target]);
    rmSync(place, { recursive: true });
  }
}
