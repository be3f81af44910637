/**
 * What is counted of one transfer: system calls, faults, context switches, and bytes that the CPU copied inside the
 * kernel. There is no time in it, so it may come from a guest, where times mean nothing. A lab fills in what it counts
 * and leaves the rest out; nothing that was not counted is zero.
 */
import { z } from 'zod';

const count = z.int().nonnegative();

/** Where the CPU can copy payload on the way from a file to a receiver. Bytes; several processes together. */
export const copiedBytesSchema = z.strictObject({
  /** Page cache to the sender's memory: what read(2) does. */
  fileToUser: count,
  /** The sender's memory to the kernel: what write(2) to a socket does. */
  userToKernel: count,
  /** From one place of the kernel to another: a card that cannot gather, MSG_ZEROCOPY over loopback. */
  inKernel: count,
  /** Receive queue to the receiver's memory: what recv(2) does. */
  kernelToReceiver: count,
  /** Every other copy that was seen: pipes, the programs' own messages, small packets merged in the receive queue. */
  other: count,
});
export type CopiedBytes = z.infer<typeof copiedBytesSchema>;
export type CopyPlace = keyof CopiedBytes;

/** What happened to bytes at one kernel function, reached by one chain of calls. */
export const siteSchema = z.strictObject({
  /** `copy`: the CPU moved them. `reference`: a page was handed on. `encrypt`, `decrypt`: a cipher read and wrote them. */
  what: z.enum(['copy', 'reference', 'encrypt', 'decrypt']),
  /** For copies: which sum of `copiedBytes` they are in. */
  place: copiedBytesSchema.keyof().optional(),
  /** Kernel function that was watched, as /proc/kallsyms spells it. */
  function: z.string(),
  /** Who called it, innermost first; empty where only the function is known (a kprobe event). */
  stack: z.array(z.string()),
  bytes: count,
  hits: count,
});
export type Site = z.infer<typeof siteSchema>;

/** The same bytes counted a second time in the same run, at the copy primitive below the watched functions. */
export const crossCheckSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('agreed'),
    primitive: z.string(),
    /** Bytes at the primitive below the watched functions, and at the watched functions themselves. */
    primitiveBytes: count,
    watchedBytes: count,
  }),
  /** The CPU copies with an instruction of its own (FSRM) and no function that could be watched. */
  z.strictObject({ state: z.literal('not-cross-checked'), why: z.string() }),
]);
export type CrossCheck = z.infer<typeof crossCheckSchema>;

/** One counted transfer. */
export const countSampleSchema = z.strictObject({
  /** Round of the schedule, from 0, and position in the whole run, from 0. */
  round: count,
  order: count,
  /** Bytes of the file that arrived at the far end. */
  payloadBytes: count,
  /** The sender's system calls by name; null where only a trace could know them. */
  calls: z.record(z.string(), count).nullable(),

  // Counted in the kernel: src/proof/copies.
  copiedBytes: copiedBytesSchema.optional(),
  /** All of `copiedBytes` together. */
  copiedTotal: count.optional(),
  /** The same bytes by the process on whose time they were copied; a soft interrupt runs on anybody's, so this varies. */
  copiedBy: z.strictObject({ sender: count, receiver: count, others: count }).optional(),
  /** Transfers thrown away before this one because TCP had sent a segment twice, which is then copied twice. */
  retaken: count.optional(),
  /** Copies that processes which have no part in the transfer made meanwhile; in none of the sums. */
  bystanderBytes: count.optional(),
  /** Payload that went into a socket's queue as references to pages. */
  referencedBytes: count.optional(),
  encryptedBytes: count.optional(),
  decryptedBytes: count.optional(),
  /** What each number above is made of, the largest first. */
  sites: z.array(siteSchema).optional(),
  crossCheck: crossCheckSchema.optional(),

  // Counted by the kernel for the sending process: getrusage(2).
  minorFaults: count.optional(),
  majorFaults: count.optional(),
  voluntarySwitches: count.optional(),
  involuntarySwitches: count.optional(),

  // Counted by strace: src/proof/calls.
  /** Payload by call that moved it from the file to the socket, e.g. `sendfile`. */
  bytesByCall: z.record(z.string(), count).optional(),
  /** Bytes that reached the socket by no call that was seen. */
  unaccountedBytes: count.optional(),
  /** TLS records written. */
  records: count.optional(),

  /** What a lab adds, as in result.ts, but nothing in nanoseconds. */
  extra: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$(?<!Ns)/), z.number()).optional(),
});
export type CountSample = z.infer<typeof countSampleSchema>;
