/**
 * Where in a segment an offset lies, for some offsets (class `OffsetIndex` of Kafka). File `.index`; an entry has 8 bytes:
 *
 *     0  relative offset  4  last offset of a batch, less the segment's base offset
 *     4  position         4  where the batch begins in the `.log` file
 */
import { int32At } from '../integers.ts';
import { MappedIndex } from './mapped-index.ts';

const ENTRY_BYTES = 8;
/** The largest offset that fits into an index, less the base offset. */
export const MOST_RELATIVE: bigint = 2n ** 31n - 1n;

export class OffsetIndex implements Disposable {
  readonly file: MappedIndex;
  readonly #baseOffset: bigint;

  constructor(path: string, baseOffset: bigint) {
    this.file = new MappedIndex(path, ENTRY_BYTES);
    this.#baseOffset = baseOffset;
  }

  /** The last entry; null when there is none. */
  get last(): { readonly offset: bigint; readonly position: number } | null {
    const last = this.file.entries - 1;
    return last < 0 ? null : { offset: this.#offset(last), position: this.#position(last) };
  }

  /** Notes where the batch lies whose last offset is `offset`; offsets only grow. */
  append(offset: bigint, position: number): void {
    const { last } = this;
    if (last !== null && offset <= last.offset) {
      throw new RangeError(`Cannot index offset ${offset} in '${this.file.path}': expected one above ${last.offset}`);
    }
    const at = this.file.add();
    this.file.view.writeInt32BE(Number(offset - this.#baseOffset), at);
    this.file.view.writeInt32BE(position, at + 4);
  }

  /** A position from which a reader comes to `offset`: that of the last entry not above it, or 0. */
  lookup(offset: bigint): number {
    return this.between(offset).from;
  }

  /**
   * Where to look for the batch that holds `offset`: on from `from`, as lookup() says it, or first at `to`, where the next
   * entry's batch begins; null when there is none, or the entry at `from` is that of the batch itself.
   */
  between(offset: bigint): { readonly from: number; readonly to: number | null } {
    const { entries } = this.file;
    if (entries === 0) return { from: 0, to: null };
    const target = Number(offset - this.#baseOffset);
    const { view } = this.file;
    const relative = (one: number) => int32At(view, one * ENTRY_BYTES);
    const entry = this.file.lastNotBeyond((one) => relative(one) > target);
    if (entry < 0) return { from: 0, to: this.#position(0) };
    const last = entry === entries - 1 || relative(entry) === target;
    return { from: this.#position(entry), to: last ? null : this.#position(entry + 1) };
  }

  /** Where the last batch begins that is indexed and begins at `position` or before; 0 when none does. */
  lastBegin(position: number): number {
    const entry = this.file.lastNotBeyond((one) => this.#position(one) > position);
    return entry < 0 ? 0 : this.#position(entry);
  }

  [Symbol.dispose](): void {
    this.file[Symbol.dispose]();
  }

  #offset(entry: number): bigint {
    return this.#baseOffset + BigInt(int32At(this.file.view, entry * ENTRY_BYTES));
  }

  #position(entry: number): number {
    return int32At(this.file.view, entry * ENTRY_BYTES + 4);
  }
}
