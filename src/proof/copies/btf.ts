/**
 * Type information of the running kernel, BTF: where a member lies in a struct. Documentation/bpf/btf.rst.
 *
 * /sys/kernel/btf/vmlinux is { u16 magic 0xeb9f, u8 version, u8 flags, u32 header length, type offset, type length, string
 * offset, string length }, types, strings. A type is { u32 name, u32 info, u32 size or type } and what its kind adds.
 */
import { readFileSync } from 'node:fs';
import { CannotRunHere } from '#machine/cannot-run.ts';

const MAGIC = 0xeb9f;
const TYPE_BYTES = 12;
const KIND_STRUCT = 4;
const KIND_UNION = 5;
const MEMBER_BYTES = 12;

/** Bytes that follow a type of each kind, for `n` (vlen) members. Kinds 1 to 19. */
const trailing: readonly ((n: number) => number)[] = [
  () => 0,
  () => 4, // INT
  () => 0, // PTR
  () => 12, // ARRAY
  (n) => n * MEMBER_BYTES, // STRUCT
  (n) => n * MEMBER_BYTES, // UNION
  (n) => n * 8, // ENUM
  () => 0, // FWD
  () => 0, // TYPEDEF
  () => 0, // VOLATILE
  () => 0, // CONST
  () => 0, // RESTRICT
  () => 0, // FUNC
  (n) => n * 8, // FUNC_PROTO
  () => 4, // VAR
  (n) => n * 12, // DATASEC
  () => 0, // FLOAT
  () => 4, // DECL_TAG
  () => 0, // TYPE_TAG
  (n) => n * 12, // ENUM64
];

export class KernelTypes {
  readonly #types: Buffer;
  readonly #strings: Buffer;
  /** Offset of each type by its number; numbers begin at 1. */
  readonly #offsets: number[] = [0];

  /** @throws {RangeError} when the bytes are not BTF, or of a kind that is not known here */
  constructor(bytes: Buffer) {
    if (bytes.length < 24 || bytes.readUInt16LE(0) !== MAGIC) {
      throw new RangeError('Cannot read the kernel types: they do not begin as BTF does');
    }
    const header = bytes.readUInt32LE(4);
    const part = (offsetAt: number): Buffer => {
      const from = header + bytes.readUInt32LE(offsetAt);
      return bytes.subarray(from, from + bytes.readUInt32LE(offsetAt + 4));
    };
    this.#types = part(8);
    this.#strings = part(16);
    for (let at = 0; at < this.#types.length; ) {
      const { kind, members } = this.#info(at);
      const follows = trailing[kind];
      if (!follows) throw new RangeError(`Cannot read the kernel types: kind ${kind} is not known here`);
      this.#offsets.push(at);
      at += TYPE_BYTES + follows(members);
    }
  }

  /** @throws {CannotRunHere} where the kernel was built without */
  static ofThisKernel(): KernelTypes {
    try {
      return new KernelTypes(readFileSync('/sys/kernel/btf/vmlinux'));
    } catch (error) {
      if (error instanceof RangeError) throw error;
      throw new CannotRunHere('no-kernel-types', {}, { cause: error });
    }
  }

  /** Bytes from the start of `struct name` to `member`, also through unnamed structs and unions; null when there is none. */
  offsetOf(name: string, member: string): number | null {
    const at = this.#offsets.find((offset, number) => {
      if (number === 0) return false;
      const { kind, members } = this.#info(offset);
      return kind === KIND_STRUCT && members > 0 && this.#text(this.#types.readUInt32LE(offset)) === name;
    });
    return at === undefined ? null : this.#memberOffset(at, member);
  }

  #memberOffset(at: number, wanted: string): number | null {
    const { members, bitfields } = this.#info(at);
    for (let index = 0; index < members; index++) {
      const entry = at + TYPE_BYTES + index * MEMBER_BYTES;
      const name = this.#text(this.#types.readUInt32LE(entry));
      const bits = this.#types.readUInt32LE(entry + 8);
      const offset = (bitfields ? bits & 0xffffff : bits) / 8;
      if (name === wanted) return offset;
      if (name !== '') continue;
      const inner = this.#offsets[this.#types.readUInt32LE(entry + 4)] as number;
      const { kind } = this.#info(inner);
      const found = kind === KIND_STRUCT || kind === KIND_UNION ? this.#memberOffset(inner, wanted) : null;
      if (found !== null) return offset + found;
    }
    return null;
  }

  #info(at: number): { kind: number; members: number; bitfields: boolean } {
    const info = this.#types.readUInt32LE(at + 4);
    return { kind: (info >>> 24) & 0x1f, members: info & 0xffff, bitfields: info >>> 31 === 1 };
  }

  #text(offset: number): string {
    return this.#strings.toString('latin1', offset, this.#strings.indexOf(0, offset));
  }
}
