/**
 * What a trace of system calls came to: which file's bytes went into which socket, by which calls, and what could not be
 * accounted for. Written by src/proof/calls, printed by ./zc inspect. Bytes are payload bytes; nothing here is a time.
 */

/** Raised when a field changes its meaning or goes. */
export const TALLY_VERSION = 1;

/**
 * How bytes got from the file into the socket. `reference`: every step handed on references to pages. `copy`: at least one
 * step was a copy by the CPU. `asked`: the program asked for no copy (MSG_ZEROCOPY), and only the kernel knows whether it
 * got its way.
 */
export type Moved = 'reference' | 'copy' | 'asked';

/** One chain of calls that carried bytes of a flow: `read`, `write`; or `sendfile` alone. */
export interface Way {
  readonly calls: readonly string[];
  readonly moved: Moved;
  readonly bytes: number;
}

/** A call that the kernel refused for this file and socket, whereupon a program may fall back to another. */
export interface Refusal {
  readonly call: string;
  readonly errno: string;
  readonly count: number;
}

export type SocketKind = 'tcp' | 'unix' | 'other';

/** Bytes of one file into one socket. */
export interface Flow {
  /** Path as the kernel shows it. */
  readonly file: string;
  /** Both ends as the kernel shows them: `127.0.0.1:80->127.0.0.1:5000`, or inode numbers for AF_UNIX. */
  readonly socket: string;
  readonly kind: SocketKind;
  readonly bytes: number;
  readonly ways: readonly Way[];
  /** Bytes by the call that put them into the socket. */
  readonly bytesByCall: Readonly<Record<string, number>>;
  /** Calls that carried bytes of this flow, or tried to. */
  readonly calls: Readonly<Record<string, number>>;
  /** Calls into the socket that took less than they were asked to. */
  readonly shortCalls: number;
  readonly refusals: readonly Refusal[];
}

/** Everything that went into one socket. */
export interface SocketTally {
  readonly socket: string;
  readonly kind: SocketKind;
  readonly bytes: number;
  /** Of them, those that are in a flow. */
  readonly fromFiles: number;
  /** Of them, those that the program wrote from its memory and that no read was seen to bring there. */
  readonly fromMemory: number;
}

/** Bytes that a program read from a file, and how many of them were seen to go into any socket. */
export interface ReadTally {
  readonly file: string;
  readonly bytes: number;
  readonly sent: number;
}

/** Something that may have moved payload unseen. The English is in src/model/words/inspect.ts. */
export interface Unaccounted {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;
  /** How much it was; null where nobody can tell. */
  readonly bytes: number | null;
}

export interface Tally {
  readonly flows: readonly Flow[];
  readonly sockets: readonly SocketTally[];
  readonly reads: readonly ReadTally[];
  readonly unaccounted: readonly Unaccounted[];
  /** All traced calls by name, whatever they were about. */
  readonly calls: Readonly<Record<string, number>>;
  readonly processes: number;
}

/** Bytes of a flow that went by page reference all the way. */
export function referencedBytes({ ways }: Flow): number {
  return ways.reduce((sum, way) => sum + (way.moved === 'reference' ? way.bytes : 0), 0);
}
