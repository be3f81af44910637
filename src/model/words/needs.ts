/** The English of *cannot run here*: why, and what would make it run. */
import type { CannotRun } from '../result.ts';
import { type ExerciseNeed, exerciseNeeds } from './needs/exercises.ts';
import { type GuestNeedCode, guestNeeds } from './needs/guest.ts';
import { type KafkaNeedCode, kafkaNeeds } from './needs/kafka.ts';
import type { NeedText } from './needs/need-text.ts';
import { type ProcessorNeedCode, processorNeeds } from './needs/processors.ts';
import { type RingNeedCode, ringNeeds } from './needs/ring.ts';
import { type SocketNeedCode, socketNeeds } from './needs/sockets.ts';
import { type SystemNeedCode, systemNeeds } from './needs/system.ts';

export type { NeedText };

/** What a machine can lack, each found out by doing the thing once. */
export type NeedCode =
  | GuestNeedCode
  | RingNeedCode
  | ProcessorNeedCode
  | SocketNeedCode
  | SystemNeedCode
  | ExerciseNeed
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
  | 'no-strace'
  | 'other-architecture'
  | 'hidden-kernel-symbols'
  | 'no-kernel-types'
  | 'no-copy-functions'
  | 'no-breakpoints'
  | 'no-kprobes'
  | 'no-program'
  | 'no-network-namespace'
  | 'no-veth'
  | 'no-ptrace'
  | 'no-attach'
  | 'traced-already'
  | 'no-site-tools'
  | KafkaNeedCode;

type Args = CannotRun['args'];

/** The way that asks for no right and no kernel of this machine. */
const GUEST = 'Or run it in a small virtual machine, which needs neither root nor this kernel: add --guest.';

const needs: Record<NeedCode, (args: Args) => NeedText> = {
  ...guestNeeds,
  ...kafkaNeeds,
  ...processorNeeds,
  ...socketNeeds,
  ...exerciseNeeds,
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
  'other-architecture': ({ arch }) => ({
    why: `the kernel's copies are counted on x86-64 and arm64 only, and this is ${arch ?? 'another processor'}`,
    remedy: 'Run it on one of these.',
  }),
  'hidden-kernel-symbols': () => ({
    why: '/proc/kallsyms hides from this user where the functions of the kernel lie',
    remedy: `Run it as root, with kernel.kptr_restrict below 2. ${GUEST}`,
  }),
  'no-kernel-types': () => ({
    why: 'this kernel does not describe its types (/sys/kernel/btf/vmlinux)',
    remedy: `It takes a kernel with CONFIG_DEBUG_INFO_BTF. ${GUEST}`,
  }),
  'no-copy-functions': ({ function: name }) => ({
    why: `this kernel has no function ${name ?? 'of those that copy'} to watch`,
    remedy: GUEST,
  }),
  'no-breakpoints': ({ errno }) => ({
    why: `no hardware breakpoint can be set on a function of this kernel (perf_event_open: ${errno ?? 'EPERM'})`,
    remedy: `It takes root or CAP_PERFMON, and a hypervisor that passes breakpoints on. ${GUEST}`,
  }),
  'no-kprobes': () => ({
    why: 'no kprobe events can be made (/sys/kernel/tracing/kprobe_events)',
    remedy: `It takes root and a kernel with CONFIG_KPROBE_EVENTS. ${GUEST}`,
  }),
  'no-program': ({ program, package: name }) => ({
    why: `${program ?? 'a program it needs'} is not installed`,
    remedy: `Install it, also for --guest, which gets the programs of its host: apt install ${name ?? program ?? 'it'}.`,
  }),
  'no-network-namespace': () => ({
    why: 'a process may not leave its network here (unshare)',
    remedy: 'Run it as root, outside a container.',
  }),
  'no-veth': ({ said }) => ({
    why: `a pair of virtual network cards cannot be made (${said ?? 'ip link add'})`,
    remedy: 'It takes root of the network namespace and the veth module.',
  }),
  ...ringNeeds,
  ...systemNeeds,
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
