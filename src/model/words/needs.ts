/** The English of *cannot run here*: why, and what would make it run. */
import type { CannotRun } from '../result.ts';

/** What a machine can lack, each found out by doing the thing once. */
export type NeedCode =
  | 'not-linux'
  | 'no-symbol'
  | 'no-kernel-feature'
  | 'refused'
  | 'unsupported-file-system'
  | 'msg-zerocopy-unix'
  | 'no-cachestat'
  | 'cannot-evict'
  | 'no-kernel-tls'
  | 'no-kernel-cipher'
  | 'program-no-kernel-tls'
  | 'no-program'
  | 'no-strace'
  | 'no-site-tools';

/** `why` is a clause that follows `cannot run here:`; `remedy` is a sentence, null where nothing would help. */
export interface NeedText {
  readonly why: string;
  readonly remedy: string | null;
}

type Args = CannotRun['args'];

const needs: Record<NeedCode, (args: Args) => NeedText> = {
  'not-linux': ({ platform }) => ({
    why: `the labs call Linux, and this is ${platformName(platform)}`,
    remedy: 'Run it on Linux: a virtual machine or a container will do. The pages of the site need nothing.',
  }),
  'no-symbol': ({ call }) => ({
    why: `the C library here has no ${call ?? 'such function'}`,
    remedy: 'Run it on a system with a newer glibc.',
  }),
  'no-kernel-feature': ({ call, errno, since }) => ({
    why: `this kernel has no ${call ?? 'such call'} (${errno ?? 'ENOSYS'})`,
    remedy: `Run it on ${since ? `Linux ${since} or newer` : 'a newer kernel'}; in a container it is the host's kernel that counts.`,
  }),
  refused: ({ call, errno }) => ({
    why: `${call ?? 'a call it needs'} is not permitted (${errno ?? 'EPERM'})`,
    remedy: 'Containers often filter it: run it outside the container, or allow the call in its seccomp profile.',
  }),
  'unsupported-file-system': ({ call, fileSystem }) => ({
    why: `${call ?? 'a call it needs'} is refused on ${fileSystem ?? 'the file system of the work folder'} (EINVAL)`,
    remedy: 'Point --work or ZC_WORK at a folder on a disk: ext4, XFS or btrfs.',
  }),
  'msg-zerocopy-unix': () => ({
    why: 'AF_UNIX sockets refuse MSG_ZEROCOPY (EOPNOTSUPP)',
    remedy: null,
  }),
  'no-cachestat': () => ({
    why: 'this kernel has no cachestat, so nobody can tell which pages are in memory',
    remedy: 'Run it on Linux 6.5 or newer, where the container allows cachestat.',
  }),
  'cannot-evict': ({ fileSystem }) => ({
    why: `pages of ${fileSystem ?? "the work folder's file system"} cannot be dropped from memory`,
    remedy: 'Point --work or ZC_WORK at a folder on a local disk that is not tmpfs.',
  }),
  'no-kernel-tls': ({ errno }) => ({
    why: `this kernel has no TLS of its own (${errno ?? 'ENOENT'})`,
    remedy: 'Load its module with modprobe tls, or run the lab with --guest.',
  }),
  'no-kernel-cipher': ({ cipher }) => ({
    why: `this kernel cannot encrypt by ${cipher ?? 'the cipher that is asked for'} (ENOENT)`,
    remedy: 'Load the modules of AES-GCM: modprobe -a gcm ctr ghash-generic aes_generic.',
  }),
  'program-no-kernel-tls': ({ program }) => ({
    why: `${program ?? 'the program'} was asked to let the kernel encrypt, and did it itself`,
    remedy: 'It needs an OpenSSL 3 or newer that was built with kernel TLS (enable-ktls), as Debian 12 has it.',
  }),
  'no-program': ({ program }) => ({
    why: `${program ?? 'a program it needs'} is not installed`,
    remedy: `Install ${program ?? 'it'} from your distribution, also for --guest: the guest gets the programs of its host.`,
  }),
  'no-strace': () => ({
    why: 'strace is not installed',
    remedy: 'Install it: apt install strace, dnf install strace or apk add strace.',
  }),
  'no-site-tools': () => ({
    why: 'the tools that build the site are not installed',
    remedy: 'Run npm ci without --omit=dev.',
  }),
};

/** Says why something cannot run here. A code that this copy does not know is named as it is. */
export function needText({ why, args }: Pick<CannotRun, 'why' | 'args'>): NeedText {
  if (Object.hasOwn(needs, why)) return needs[why as NeedCode](args);
  return { why: `'${why}', a reason that this copy has no words for`, remedy: 'Update this copy.' };
}

const PLATFORMS: Readonly<Record<string, string>> = { darwin: 'macOS', win32: 'Windows' };

function platformName(platform: string | number | undefined): string {
  return platform === undefined ? 'another system' : (PLATFORMS[platform] ?? String(platform));
}
