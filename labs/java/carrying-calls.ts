/**
 * The calls that carried a file to a socket or to another file, out of all that a program made: those that name the file
 * or its target among their descriptors.
 */
import { type Call, namedDescriptor } from '#proof/calls/index.ts';

/** Where a file goes: port of 127.0.0.1, or path as the kernel shows it. */
export type Target = number | string;

export interface Carried {
  /** Calls by name, without the `64` of some; those that were refused are among them. */
  readonly calls: Readonly<Record<string, number>>;
  /** Bytes that calls put into the target. */
  readonly bytesByCall: Readonly<Record<string, number>>;
  /** Calls that the kernel refused, whereupon the program did something else or came again. */
  readonly refused: number;
}

/** Calls that move bytes or map them; connecting, closing and setting options carry nothing. */
const carrying = /^(p?readv?|p?writev?|send(to|msg|file)|splice|copy_file_range|mmap)$/;
const puts = /^(p?writev?|send(to|msg|file)|splice|copy_file_range)$/;

export class CarryingCalls {
  readonly #source: string;
  readonly #target: Target;
  readonly #calls: Record<string, number> = {};
  readonly #bytesByCall: Record<string, number> = {};
  #refused = 0;

  /** @param source path as the kernel shows it */
  constructor(source: string, target: Target) {
    this.#source = source;
    this.#target = target;
  }

  /** One call of the program, when it has returned. */
  take({ name, args, result, errno }: Pick<Call, 'name' | 'args' | 'result' | 'errno'>): void {
    const call = name.replace(/64$/, '');
    const names = args.map((text) => namedDescriptor(text)?.name ?? '');
    const touches = names.some((one) => one === this.#source || this.#isTarget(one));
    if (!carrying.test(call) || !touches) return;
    this.#calls[call] = (this.#calls[call] ?? 0) + 1;
    if (errno !== null) this.#refused++;
    else if (puts.test(call) && result) this.#bytesByCall[call] = (this.#bytesByCall[call] ?? 0) + result;
  }

  get carried(): Carried {
    return { calls: { ...this.#calls }, bytesByCall: { ...this.#bytesByCall }, refused: this.#refused };
  }

  /** `TCP:[127.0.0.1:40000->127.0.0.1:9000]`, or TCPv6 with mapped addresses: Java's sockets speak both. */
  #isTarget(name: string): boolean {
    if (typeof this.#target === 'string') return name === this.#target;
    return /^TCP(v6)?:/.test(name) && name.endsWith(`127.0.0.1${name.startsWith('TCPv6') ? ']' : ''}:${this.#target}]`);
  }
}
