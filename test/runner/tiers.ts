/**
 * The tiers of `npm test`: which files belong to each, by their name, and what each needs. A file `x.trace.test.ts`
 * belongs to the tier `trace`; a name without a tier's word belongs to `base`, which needs nothing but `npm ci`.
 */
import { findChromium, findGuest, findSystems, type Missing, tryStrace } from './needs.ts';

/** What the caller asked for and where it runs; decides whether a tier that costs a lot is wanted at all. */
export interface Circumstances {
  readonly ci: boolean;
  /** The tier, or a file of it, was named on the command line. */
  readonly asked: boolean;
}

export interface Tier {
  readonly name: string;
  /** What its tests try, in a few words. */
  readonly tries: string;
  /** Debian packages that bring what it needs; .ci/run installs them. */
  readonly packages: readonly string[];
  /** Finds out whether it can run, by doing the thing once; null: it can. */
  missing(circumstances: Circumstances): Missing | null;
}

export const tiers: readonly Tier[] = [
  { name: 'base', tries: 'everything that needs no other program', packages: [], missing: () => null },
  { name: 'alone', tries: 'runs that are timed, with nothing beside them', packages: [], missing: () => null },
  { name: 'site', tries: 'the built site', packages: [], missing: () => null },
  { name: 'trace', tries: 'the system calls that were made', packages: ['strace'], missing: () => tryStrace() },
  { name: 'browser', tries: 'the site in a browser', packages: ['chromium'], missing: () => findChromium() },
  {
    name: 'guest',
    tries: 'labs in a small Linux under QEMU',
    packages: ['qemu-system-x86', 'busybox-static', 'e2fsprogs', 'xz-utils', 'iproute2', 'ethtool'],
    missing: () => findGuest(),
  },
  {
    name: 'systems',
    tries: 'Apache Kafka and clients of it, Java, nginx',
    packages: ['kcat', 'maven', 'default-jdk-headless', 'nginx-light', 'openssl', 'strace'],
    missing: () => findSystems(),
  },
  {
    name: 'install',
    tries: 'the README from a fresh clone, with old and new npm',
    packages: ['git'],
    missing: ({ ci, asked }) =>
      ci || asked
        ? null
        : { why: 'it needs the package registry and several minutes', remedy: 'npm test -- --tier install runs it' },
  },
];

/** Words in file names that name a tier. `base` is not one: it is what has none. */
export const namedTiers = tiers.map((tier) => tier.name).filter((name) => name !== 'base');

/** Glob of the files of a tier that has a name of its own. */
export const tierFiles = (name: string): string => `test/**/*.${name}.test.ts`;

/** Name of the tier that a test file belongs to. */
export function tierOf(file: string): string {
  return namedTiers.find((name) => file.endsWith(`.${name}.test.ts`)) ?? 'base';
}
