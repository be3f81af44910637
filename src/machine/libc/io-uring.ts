/**
 * A ring of io_uring, as far as sending takes it: io_uring_setup(2), io_uring_enter(2), io_uring_register(2). The C library
 * has no wrappers; the numbers are the same on every architecture (include/uapi/asm-generic/unistd.h).
 */
import { CannotRunHere } from '../cannot-run.ts';
import { Descriptor } from './descriptor.ts';
import { EINTR, EPERM, moved, refusal, SyscallError } from './errno.ts';
import { bind } from './load.ts';
import { Mapping } from './memory.ts';

type Syscall = (number: number, a: number, b: number, c: number, d: number, e: number, f: number) => number;
const syscall = bind<Syscall>('syscall', 'long', ['long', 'ulong', 'ulong', 'ulong', 'ulong', 'ulong', 'ulong']);

const SYS_io_uring_setup = 425;
const SYS_io_uring_enter = 426;
const SYS_io_uring_register = 427;

// include/uapi/linux/io_uring.h; an entry of the submission queue has 16 words, one of the completion queue four.
const PARAMS_BYTES = 120;
const SQE_WORDS = 16;
const CQE_WORDS = 4;
const IORING_OFF_SQES = 0x10000000;
const IORING_ENTER_GETEVENTS = 1;
const IORING_REGISTER_BUFFERS = 0;
const IORING_OP_SEND = 26;
const IORING_OP_SEND_ZC = 47;
const IORING_RECVSEND_FIXED_BUF = 4;
const IORING_SEND_ZC_REPORT_USAGE = 8;
const IORING_NOTIF_USAGE_ZC_COPIED = 0x80000000;
const IORING_CQE_F_MORE = 2;
const IORING_CQE_F_NOTIF = 8;

/** One completion. */
export interface RingCompletion {
  /** Bytes, or a negative errno; a notification has neither. */
  readonly result: number;
  /** The buffer stays in use until a notification, which follows. */
  readonly more: boolean;
  /** This is the notification: the kernel is done with the buffer. */
  readonly notifies: boolean;
  /** Of a notification: the kernel had copied after all (IORING_NOTIF_USAGE_ZC_COPIED). */
  readonly copied: boolean;
}

/** How a ring sends: with or without its own copy, from memory that was registered first or from any. */
export interface RingSend {
  readonly zeroCopy: boolean;
  readonly registered: boolean;
}

/** A ring. All views are made with it, so that a send inside a measured sample makes none. Use with `using`. */
export class Ring implements Disposable {
  readonly #stack: DisposableStack;
  readonly #fd: number;
  readonly #words: Int32Array;
  readonly #entries: Uint32Array;
  /** Places of the fields, in words from the start of the rings. */
  readonly #sq: { readonly tail: number; readonly mask: number; readonly array: number };
  readonly #cq: { readonly head: number; readonly tail: number; readonly mask: number; readonly entries: number };

  /**
   * @param size entries of the submission queue, a power of two
   * @throws {CannotRunHere} where the kernel has no io_uring, or where it is switched off
   */
  constructor(size: number) {
    using opening = new DisposableStack();
    using params = Mapping.anonymous(PARAMS_BYTES);
    const fd = moved(syscall(SYS_io_uring_setup, size, params.address, 0, 0, 0, 0));
    if (fd < 0) throw refusedSetup(-fd);
    this.#fd = opening.use(new Descriptor(fd)).fd;
    // struct io_uring_params: the numbers of entries first, the offsets of the two rings at 40 and 80.
    const field = (at: number) => params.view().readUInt32LE(at);
    const [submissions, completions] = [field(0), field(4)];
    const bytes = Math.max(field(40 + 24) + submissions * 4, field(80 + 20) + completions * CQE_WORDS * 4);
    const rings = opening.use(Mapping.ofFile(fd, 0, bytes, true)).view();
    const entries = opening.use(Mapping.ofFile(fd, IORING_OFF_SQES, submissions * SQE_WORDS * 4, true)).view();
    this.#words = new Int32Array(rings.buffer, 0, bytes >> 2);
    this.#entries = new Uint32Array(entries.buffer, 0, submissions * SQE_WORDS);
    const word = (at: number) => field(at) >> 2;
    const value = (at: number) => this.#words[word(at)] as number;
    this.#sq = { tail: word(44), mask: value(48), array: word(64) };
    this.#cq = { head: word(80), tail: word(84), mask: value(88), entries: word(100) };
    this.#stack = opening.move();
  }

  /** Registers memory that sends may name: its pages are pinned once, and not at every send. @throws {CannotRunHere} */
  register(memory: Mapping): void {
    using vector = Mapping.anonymous(16);
    vector.view().writeBigUInt64LE(BigInt(memory.address), 0);
    vector.view().writeBigUInt64LE(BigInt(memory.length), 8);
    const result = moved(syscall(SYS_io_uring_register, this.#fd, IORING_REGISTER_BUFFERS, vector.address, 1, 0, 0));
    if (result < 0) throw refusal('io_uring_register', -result);
  }

  /** Submits one send and waits for its first completion. */
  send(socket: number, address: number, count: number, { zeroCopy, registered }: RingSend): RingCompletion {
    const tail = Atomics.load(this.#words, this.#sq.tail);
    const place = tail & this.#sq.mask;
    const at = place * SQE_WORDS;
    const flags = (registered ? IORING_RECVSEND_FIXED_BUF : 0) | (zeroCopy ? IORING_SEND_ZC_REPORT_USAGE : 0);
    this.#entries.fill(0, at, at + SQE_WORDS);
    this.#entries[at] = (zeroCopy ? IORING_OP_SEND_ZC : IORING_OP_SEND) | (flags << 16);
    this.#entries[at + 1] = socket;
    this.#entries[at + 4] = address >>> 0;
    this.#entries[at + 5] = Math.floor(address / 2 ** 32);
    this.#entries[at + 6] = count;
    this.#words[this.#sq.array + place] = place;
    Atomics.store(this.#words, this.#sq.tail, tail + 1);
    this.#enter(1, 1);
    return this.next();
  }

  /** Waits for the next completion. */
  next(): RingCompletion {
    const head = Atomics.load(this.#words, this.#cq.head);
    while (Atomics.load(this.#words, this.#cq.tail) === head) this.#enter(0, 1);
    const at = this.#cq.entries + (head & this.#cq.mask) * CQE_WORDS;
    const result = this.#words[at + 2] as number;
    const flags = this.#words[at + 3] as number;
    Atomics.store(this.#words, this.#cq.head, head + 1);
    return {
      result,
      more: (flags & IORING_CQE_F_MORE) !== 0,
      notifies: (flags & IORING_CQE_F_NOTIF) !== 0,
      copied: (flags & IORING_CQE_F_NOTIF) !== 0 && (result & IORING_NOTIF_USAGE_ZC_COPIED) !== 0,
    };
  }

  #enter(submit: number, wait: number): void {
    for (;;) {
      const result = moved(syscall(SYS_io_uring_enter, this.#fd, submit, wait, IORING_ENTER_GETEVENTS, 0, 0));
      if (result >= 0) return;
      // A signal while waiting: what was to be submitted was.
      if (result !== -EINTR) throw new SyscallError('io_uring_enter', -result);
      if (submit > 0) return;
    }
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }
}

/** kernel.io_uring_disabled, and the seccomp profiles of containers, answer with EPERM. */
function refusedSetup(number: number): Error {
  if (number !== EPERM) return refusal('io_uring_setup', number);
  return new CannotRunHere('io-uring-off', {}, { cause: new SyscallError('io_uring_setup', number) });
}
