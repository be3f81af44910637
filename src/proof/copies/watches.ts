/**
 * What is watched in the kernel, and where each function says how many bytes it is about. What a kernel does not have is
 * left out and reported; the copy functions themselves must be there.
 *
 * Nothing in lib/ can be probed by a kprobe (EINVAL on 5.10 to 7.2), so the copy functions get hardware breakpoints, of
 * which a CPU has four. Not watchable at all: memcpy inside the kernel, and copies inside a program.
 */
import { arm64Registers, x86Registers } from '#libc';

/** A hardware breakpoint on the first instruction of a function. */
export interface BreakpointWatch {
  readonly what: 'copy' | 'primitive';
  readonly function: string;
  /** Register of the argument that holds the bytes. */
  readonly register: number;
  /** CPU flag with which the kernel copies in line, and does not call the function that is there. */
  readonly unless?: string;
}

/** A kprobe event. `bytes` is a fetch argument of Documentation/trace/kprobetrace.rst; `{member of struct}` is filled in from BTF. */
export interface ProbeWatch {
  readonly what: 'copy' | 'reference' | 'encrypt' | 'decrypt';
  readonly function: string;
  readonly at: 'entry' | 'return';
  readonly bytes: string;
  /** Struct and member whose offset stands for `@` in `bytes`. */
  readonly member?: readonly [string, string];
}

/** What gets breakpoints on one architecture: at most four in all. */
export interface Architecture {
  /** Kernel memory to wherever an iov_iter points, and back: lib/iov_iter.c. `size_t bytes` is the second argument. */
  readonly copies: readonly BreakpointWatch[];
  /** What both call to cross between kernel and user memory; the first list of which this kernel has all. */
  readonly primitives: readonly (readonly BreakpointWatch[])[];
}

const copying = (register: number): BreakpointWatch[] => [
  { what: 'copy', function: '_copy_to_iter', register },
  { what: 'copy', function: '_copy_from_iter', register },
];
const primitive = (name: string, register: number): BreakpointWatch => ({
  what: 'primitive',
  function: name,
  register,
});

/** By Node's name. arm64 was written without a machine to try it on. */
export const architectures: Readonly<Record<string, Architecture>> = {
  x64: {
    copies: copying(x86Registers.si),
    // arch/x86/lib/copy_user_64.S: since 6.4 the count is in %rcx, before in %rdx.
    primitives: [
      [{ ...primitive('rep_movs_alternative', x86Registers.cx), unless: 'fsrm' }],
      [primitive('copy_user_enhanced_fast_string', x86Registers.dx)],
    ],
  },
  arm64: {
    copies: copying(arm64Registers.x1),
    // arch/arm64/lib/copy_to_user.S and copy_from_user.S: (to, from, n).
    primitives: [
      [primitive('__arch_copy_to_user', arm64Registers.x2), primitive('__arch_copy_from_user', arm64Registers.x2)],
    ],
  },
};

/**
 * The copy primitives to watch on this machine; none where the CPU does without a function.
 * @param exists whether the kernel has a function @param flags of the CPU, as /proc/cpuinfo lists them
 */
export function usablePrimitives(
  { primitives }: Architecture,
  exists: (name: string) => boolean,
  flags: ReadonlySet<string>,
): readonly BreakpointWatch[] {
  const found = primitives.find((watches) => watches.every((watch) => exists(watch.function))) ?? [];
  return found.some(({ unless }) => unless !== undefined && flags.has(unless)) ? [] : found;
}

export const probes: readonly ProbeWatch[] = [
  // Kernel to kernel: net/core/skbuff.c.
  { what: 'copy', function: 'skb_copy_bits', at: 'entry', bytes: '$arg4:u32' },
  { what: 'copy', function: 'skb_copy_and_csum_bits', at: 'entry', bytes: '$arg4:u32' },
  { what: 'copy', function: 'skb_copy_ubufs', at: 'entry', bytes: '+@($arg1):u32', member: ['sk_buff', 'data_len'] },
  // Pages queued by reference: sendfile and splice since 6.5, the two sendpage functions before, then MSG_ZEROCOPY.
  { what: 'reference', function: 'skb_splice_from_iter', at: 'return', bytes: '$retval:s64' },
  { what: 'reference', function: 'tcp_sendpage', at: 'return', bytes: '$retval:s32' },
  { what: 'reference', function: 'unix_stream_sendpage', at: 'return', bytes: '$retval:s64' },
  { what: 'reference', function: 'skb_zerocopy_iter_stream', at: 'return', bytes: '$retval:s32' },
  // Kernel TLS: struct aead_request, include/crypto/aead.h.
  {
    what: 'encrypt',
    function: 'crypto_aead_encrypt',
    at: 'entry',
    bytes: '+@($arg1):u32',
    member: ['aead_request', 'cryptlen'],
  },
  {
    what: 'decrypt',
    function: 'crypto_aead_decrypt',
    at: 'entry',
    bytes: '+@($arg1):u32',
    member: ['aead_request', 'cryptlen'],
  },
];
