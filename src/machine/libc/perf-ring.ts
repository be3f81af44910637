/**
 * The ring that perf_event_open(2) fills: one page of bookkeeping (data_head at 1024, data_tail at 1032), then records
 * that may wrap around its end. A record is { u32 type, u16 misc, u16 size } and its body; a sample's body here is
 * { u32 pid, tid }, { u64 n, u64 callers[n] }, then { u32 size, fields } or { u64 abi, u64 register }.
 */

export interface PerfSample {
  /** Process on whose time it happened. A soft interrupt runs on anybody's. */
  readonly pid: number;
  /**
   * Kernel addresses, innermost first: the function itself, its caller … Of each the low 48 bits, which tell addresses of
   * the kernel apart and fit a number: there are tens of thousands of them.
   */
  readonly chain: readonly number[];
  /** The sampled register; null for a tracepoint. */
  readonly register: bigint | null;
  /** A tracepoint's fields, as its `format` file lays them out; null for a breakpoint. */
  readonly fields: Buffer | null;
}

/** The kernel had no room for samples: what was counted is not all that happened. */
export class SamplesLost extends Error {
  override name = 'SamplesLost';
}

const RECORD_LOST = 2;
const RECORD_THROTTLE = 5;
const RECORD_SAMPLE = 9;
const RECORD_LOST_SAMPLES = 13;
const HEAD = 1024;
const TAIL = 1032;
/** Callers above this are markers: PERF_CONTEXT_KERNEL and its like, -4095 to -1 as unsigned numbers, low 48 bits. */
const FIRST_MARKER = 2 ** 48 - 4095;

export class PerfRing {
  readonly #memory: Buffer;
  readonly #data: Buffer;
  readonly #payload: 'register' | 'fields';

  /** @param memory the whole mapping @param headerBytes its first page @param payload what a sample carries last */
  constructor(memory: Buffer, headerBytes: number, payload: 'register' | 'fields') {
    this.#memory = memory;
    this.#data = memory.subarray(headerBytes);
    this.#payload = payload;
  }

  /** Takes out what is there. @throws {SamplesLost} when the kernel says that samples are missing */
  drain(): PerfSample[] {
    const head = this.#memory.readBigUInt64LE(HEAD);
    let tail = this.#memory.readBigUInt64LE(TAIL);
    const samples: PerfSample[] = [];
    while (tail < head) {
      const record = this.#record(Number(tail % BigInt(this.#data.length)));
      const type = record.readUInt32LE(0);
      if (type === RECORD_SAMPLE) samples.push(this.#sample(record));
      if (type === RECORD_LOST || type === RECORD_LOST_SAMPLES || type === RECORD_THROTTLE) {
        throw new SamplesLost(
          `Cannot count: the kernel dropped samples (record type ${type}), so the sums are too small`,
        );
      }
      tail += BigInt(record.length);
    }
    this.#memory.writeBigUInt64LE(tail, TAIL);
    return samples;
  }

  /** The record at `at`, in one piece. */
  #record(at: number): Buffer {
    const size = this.#piece(at, 8).readUInt16LE(6);
    if (size < 8)
      throw new SamplesLost(`Cannot count: a record of ${size} bytes is in the ring, at least 8 are expected`);
    return this.#piece(at, size);
  }

  #piece(at: number, length: number): Buffer {
    const first = this.#data.subarray(at, Math.min(at + length, this.#data.length));
    if (first.length === length) return first;
    return Buffer.concat([first, this.#data.subarray(0, length - first.length)]);
  }

  #sample(record: Buffer): PerfSample {
    const pid = record.readUInt32LE(8);
    const callers = record.readUInt32LE(16);
    const chain: number[] = [];
    for (let caller = 0; caller < callers; caller++) {
      const address = record.readUIntLE(24 + 8 * caller, 6);
      if (address < FIRST_MARKER) chain.push(address);
    }
    const rest = 24 + 8 * callers;
    if (this.#payload === 'register') {
      return { pid, chain, register: record.readBigUInt64LE(rest + 8), fields: null };
    }
    const size = record.readUInt32LE(rest);
    return { pid, chain, register: null, fields: Buffer.from(record.subarray(rest + 4, rest + 4 + size)) };
  }
}
