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
  | 'no-strace'
  | 'no-ptrace'
  | 'no-attach'
  | 'traced-already'
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
  'no-strace': () => ({
    why: 'strace is not installed',
    remedy: 'Install it: apt install strace, dnf install strace or apk add strace.',
  }),
  'no-ptrace': () => ({
    why: 'programs may not be traced (ptrace is not permitted)',
    remedy:
      'In a container, start it with --cap-add=SYS_PTRACE; elsewhere see kernel.yama.ptrace_scope, which 3 switches off.',
  }),
  'no-attach': ({ pid }) => ({
    why: `process ${pid ?? 'of that number'} may not be traced`,
    remedy:
      'Be its user or root, with kernel.yama.ptrace_scope at 0; or start the program yourself: ./zc inspect -- COMMAND.',
  }),
  'traced-already': ({ pid, by }) => ({
    why: `process ${pid ?? 'of that number'} is being traced by process ${by ?? 'of somebody'} already`,
    remedy: 'There can be one tracer only: end that debugger or trace first.',
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
