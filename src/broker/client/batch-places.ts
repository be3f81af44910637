import { HEADER_BYTES, readHeader } from '../storage/record-batch.ts';

/**
 * Where the batches of a partition begin: in bytes from the first one, and as offsets. A client that throws away what it
 * fetches cannot read where to go on; it looks once, and knows it then.
 */
export class BatchPlaces {
  readonly #positions: number[] = [];
  readonly #offsets: bigint[] = [];
  #bytes = 0;
  #next: bigint;

  /** @param first offset of the first batch */
  constructor(first = 0n) {
    this.#next = first;
  }

  /** Batches that are known. */
  get count(): number {
    return this.#positions.length;
  }

  /** Bytes of all of them. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The offset behind the last of them. */
  get nextOffset(): bigint {
    return this.#next;
  }

  /** Takes the whole batches at the beginning of a response. @returns their bytes; a batch that is cut off is not among them */
  take(records: Buffer): number {
    let at = 0;
    while (records.length - at >= HEADER_BYTES) {
      const { bytes, lastOffset, baseOffset } = readHeader(records, at);
      if (at + bytes > records.length) break;
      this.#positions.push(this.#bytes);
      this.#offsets.push(baseOffset);
      this.#next = lastOffset + 1n;
      this.#bytes += bytes;
      at += bytes;
    }
    return at;
  }

  /** Offset of a batch. @param index from 0 */
  offsetOf(index: number): bigint {
    return this.#offsets[index] ?? this.#next;
  }

  /** Bytes of the batches before one. */
  positionOf(index: number): number {
    return this.#positions[index] ?? this.#bytes;
  }

  /** The first batch that is not whole in `bytes` from the beginning of batch `index` on. */
  after(index: number, bytes: number): number {
    const end = this.positionOf(index) + bytes;
    let [low, high] = [index, this.count];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.positionOf(middle) <= end) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
