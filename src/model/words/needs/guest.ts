/** What the guest can lack. */
import type { CannotRun } from '../../result.ts';
import { formatBytes } from '../units.ts';
import type { NeedText } from './need-text.ts';

export type GuestNeedCode =
  | 'guest-architecture'
  | 'guest-no-emulator'
  | 'guest-no-kernel'
  | 'guest-no-busybox'
  | 'guest-no-program'
  | 'guest-not-fetched'
  | 'guest-package-unknown';

type Args = CannotRun['args'];

export const guestNeeds: Record<GuestNeedCode, (args: Args) => NeedText> = {
  'guest-architecture': ({ architecture }) => ({
    why: `the guest is an x86-64 machine that runs this machine's programs, and this one is ${architecture ?? 'another'}`,
    remedy: 'Run it on an x86-64 machine.',
  }),
  'guest-no-emulator': () => ({
    why: 'QEMU is not installed (qemu-system-x86_64)',
    remedy:
      'Install it, on Debian and Ubuntu with apt install --no-install-recommends qemu-system-x86 (17 MB to download), on Fedora with dnf install qemu-system-x86-core; or, on Debian and Ubuntu, run ./zc guest fetch --yes, which unpacks it into the cache and installs nothing.',
  }),
  'guest-no-kernel': () => ({
    why: 'there is no kernel for the guest, and no apt-get to fetch one',
    remedy: 'Name one with --kernel FILE --modules DIR: /boot/vmlinuz-… and its /lib/modules/… will do.',
  }),
  'guest-no-busybox': () => ({
    why: 'there is no busybox that needs no library, and no apt-get to fetch one',
    remedy: 'Install it: dnf install busybox, or apt install busybox-static (1 MB to download).',
  }),
  'guest-no-program': ({ program, package: name }) => ({
    why: `${program ?? 'a program'} is not installed, and the guest is made with it`,
    remedy: `Install the package ${name ?? program ?? 'that brings it'}.`,
  }),
  'guest-not-fetched': ({ packages, bytes, kernel }) => ({
    why: `the guest's parts are not here: ${packages ?? 'a kernel'}${typeof bytes === 'number' ? ` (${formatBytes(bytes)} to download)` : ''}`,
    remedy: `Run ./zc guest fetch --guest-kernel ${kernel ?? '6.12'} --yes: any user may, and nothing is installed.`,
  }),
  'guest-package-unknown': ({ package: name }) => ({
    why: `this system's package lists know no package '${name ?? ''}'`,
    remedy:
      'Run apt-get update as root if the lists are old or empty; elsewhere name a kernel with --kernel FILE --modules DIR.',
  }),
};
