/**
 * Big-endian integers in bytes, as Kafka has all of its own. A DataView would be an object more for each request and response, and
 * takes longer to make than all that it reads; readBigInt64BE() of a Buffer shifts and adds BigInts.
 */
import { endianness } from 'node:os';

export function int16At(bytes: Uint8Array, at: number): number {
  return (((bytes[at] as number) << 24) >> 16) | (bytes[at + 1] as number);
}

export function int32At(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}

/** Through memory that is both: V8 compiles that to a few instructions, and calls a function of its own to convert a number. */
const wide = new BigInt64Array(1);
const halves = new Int32Array(wide.buffer);
const [LOW, HIGH] = endianness() === 'LE' ? ([0, 1] as const) : ([1, 0] as const);

export function int64At(bytes: Uint8Array, at: number): bigint {
  halves[HIGH] = int32At(bytes, at);
  halves[LOW] = int32At(bytes, at + 4);
  return wide[0] as bigint;
}

/** An INT32 as an INT64. */
export function widened(value: number): bigint {
  halves[HIGH] = value >> 31;
  halves[LOW] = value;
  return wide[0] as bigint;
}

/** Writes the lower 16 bits. */
export function putInt16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 8;
  bytes[at + 1] = value;
}

/** Writes the lower 32 bits. */
export function putInt32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 24;
  bytes[at + 1] = value >> 16;
  bytes[at + 2] = value >> 8;
  bytes[at + 3] = value;
}

/** Writes the lower 64 bits. */
export function putInt64(bytes: Uint8Array, at: number, value: bigint): void {
  wide[0] = value;
  putInt32(bytes, at, halves[HIGH] as number);
  putInt32(bytes, at + 4, halves[LOW] as number);
}
