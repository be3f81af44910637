/**
 * Counting in the kernel, perf_event_open(2): an event that takes a sample whenever any process reaches an address of the
 * kernel (a hardware execution breakpoint) or a tracepoint (a kprobe event made through tracefs is one). One event
 * watches one CPU. Root, or CAP_PERFMON.
 */
import { Descriptor } from './descriptor.ts';
import { check, refusal } from './errno.ts';
import { read } from './file.ts';
import { bind, errno } from './load.ts';
import { Mapping, pageSize } from './memory.ts';
import { PerfRing, type PerfSample } from './perf-ring.ts';

export { SamplesLost } from './perf-ring.ts';
export type { PerfSample };

/** What is watched. A register is named as the kernel numbers it for samples (asm/perf_regs.h). */
export type PerfSource =
  /** Execution of the instruction at `address`; the sample carries what `register` holds there. */
  | { readonly kind: 'breakpoint'; readonly address: bigint; readonly register: number }
  /** A tracepoint by the number in its `id` file; the sample carries its fields. */
  | { readonly kind: 'tracepoint'; readonly id: number };

type Open = (number: number, attributes: number, pid: number, cpu: number, group: number, flags: number) => number;

const syscall = bind<Open>('syscall', 'long', ['long', 'pointer', 'int', 'int', 'int', 'ulong']);
const ioctl = bind<(fd: number, request: number, argument: number) => number>('ioctl', 'int', ['int', 'ulong', 'int']);

/** __NR_perf_event_open: asm/unistd_64.h, asm-generic/unistd.h. */
const CALL_NUMBERS: Readonly<Record<string, number>> = { x64: 298, arm64: 241 };

/** Registers by the numbers that samples use: perf_regs.h of arch/x86 and arch/arm64, include/uapi/asm. */
export const x86Registers = { ax: 0, bx: 1, cx: 2, dx: 3, si: 4, di: 5 } as const;
export const arm64Registers = { x0: 0, x1: 1, x2: 2 } as const;

/** struct perf_event_attr, PERF_ATTR_SIZE_VER8. */
const ATTRIBUTE_BYTES = 136;
const TYPE_TRACEPOINT = 2;
const TYPE_BREAKPOINT = 5;
const SAMPLE_TID = 1n << 1n;
const SAMPLE_CALLCHAIN = 1n << 5n;
const SAMPLE_RAW = 1n << 10n;
const SAMPLE_REGS_INTR = 1n << 18n;
/** Bits of the flag word: disabled, exclude_hv, exclude_callchain_user. A tracepoint takes no exclude_user. */
const DISABLED = 1n;
const EXCLUDE_USER = 1n << 4n;
const EXCLUDE_HV = 1n << 6n;
const EXCLUDE_CALLCHAIN_USER = 1n << 22n;
/** linux/hw_breakpoint.h. An execution breakpoint has the length of a long on x86-64, of an instruction on arm64. */
const HW_BREAKPOINT_X = 4;
const BREAKPOINT_BYTES = process.arch === 'arm64' ? 4n : 8n;

const IOC_ENABLE = 0x2400;
const IOC_DISABLE = 0x2401;
const FLAG_FD_CLOEXEC = 8;

/** An event on one CPU, with the ring its samples go to. It does not count until start(). Use with `using`. */
export class PerfEvent implements Disposable {
  readonly #descriptor: Descriptor;
  readonly #memory: Mapping;
  readonly #ring: PerfRing;
  readonly #count = Mapping.anonymous(8);

  /**
   * @param ringBytes room for samples between two drains: a power of two, and a multiple of the page size
   * @throws {CannotRunHere} where events are barred or this kernel has none of the kind
   */
  constructor(source: PerfSource, cpu: number, ringBytes: number) {
    this.#descriptor = new Descriptor(openEvent(source, cpu));
    this.#memory = Mapping.ofFile(this.#descriptor.fd, 0, pageSize() + ringBytes, true);
    this.#ring = new PerfRing(this.#memory.view(), pageSize(), source.kind === 'breakpoint' ? 'register' : 'fields');
  }

  start(): void {
    check('ioctl(PERF_EVENT_IOC_ENABLE)', ioctl(this.#descriptor.fd, IOC_ENABLE, 0));
  }

  stop(): void {
    check('ioctl(PERF_EVENT_IOC_DISABLE)', ioctl(this.#descriptor.fd, IOC_DISABLE, 0));
  }

  /** How often it was hit since it was made, whether or not a sample could be kept. */
  hits(): number {
    const got = read(this.#descriptor.fd, this.#count.address, 8);
    if (got !== 8) throw new Error(`Cannot read the count of a perf event: expected 8 bytes, got ${got}`);
    return Number(this.#count.view().readBigUInt64LE(0));
  }

  /** Takes the samples out of the ring. @throws {SamplesLost} */
  drain(): PerfSample[] {
    return this.#ring.drain();
  }

  [Symbol.dispose](): void {
    this.#memory[Symbol.dispose]();
    this.#count[Symbol.dispose]();
    this.#descriptor[Symbol.dispose]();
  }
}

function openEvent(source: PerfSource, cpu: number): number {
  const number = CALL_NUMBERS[process.arch] ?? 0;
  using memory = Mapping.anonymous(ATTRIBUTE_BYTES);
  memory.view().set(attributes(source));
  const everyProcess = -1;
  const noGroup = -1;
  const fd = syscall(number, memory.address, everyProcess, cpu, noGroup, FLAG_FD_CLOEXEC);
  if (fd < 0) throw refusal(`perf_event_open(${source.kind})`, errno());
  return fd;
}

/** struct perf_event_attr: every hit is a sample with process, chain of kernel callers, and register or fields. */
function attributes(source: PerfSource): Buffer {
  const bytes = Buffer.alloc(ATTRIBUTE_BYTES);
  const flags = DISABLED | EXCLUDE_HV | EXCLUDE_CALLCHAIN_USER;
  const samples = SAMPLE_TID | SAMPLE_CALLCHAIN;
  bytes.writeUInt32LE(ATTRIBUTE_BYTES, 4);
  bytes.writeBigUInt64LE(1n, 16); // sample_period
  if (source.kind === 'tracepoint') {
    bytes.writeUInt32LE(TYPE_TRACEPOINT, 0);
    bytes.writeBigUInt64LE(BigInt(source.id), 8);
    bytes.writeBigUInt64LE(samples | SAMPLE_RAW, 24);
    bytes.writeBigUInt64LE(flags, 40);
    return bytes;
  }
  bytes.writeUInt32LE(TYPE_BREAKPOINT, 0);
  bytes.writeBigUInt64LE(samples | SAMPLE_REGS_INTR, 24);
  bytes.writeBigUInt64LE(flags | EXCLUDE_USER, 40);
  bytes.writeUInt32LE(HW_BREAKPOINT_X, 52);
  bytes.writeBigUInt64LE(source.address, 56);
  bytes.writeBigUInt64LE(BREAKPOINT_BYTES, 64);
  bytes.writeBigUInt64LE(1n << BigInt(source.register), 96); // sample_regs_intr
  return bytes;
}
