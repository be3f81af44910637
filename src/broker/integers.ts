/**
 * Big-endian integers in bytes, as Kafka has all of its own. A DataView would be an object more for each request and response, and
 * takes longer to make than all that it reads; readBigInt64BE() of a Buffer shifts and adds BigInts.
 */

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

export function int64At(bytes: Uint8Array, at: number): bigint {
  const high = int32At(bytes, at);
  const low = int32At(bytes, at + 4) >>> 0;
  const number = high * 2 ** 32 + low;
  return Number.isSafeInteger(number) ? BigInt(number) : (BigInt(high) << 32n) | BigInt(low);
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
  const number = Number(value);
  const safe = Number.isSafeInteger(number);
  const high = safe ? Math.floor(number / 2 ** 32) : Number(BigInt.asIntN(32, value >> 32n));
  putInt32(bytes, at, high);
  putInt32(bytes, at + 4, safe ? number - high * 2 ** 32 : Number(BigInt.asUintN(32, value)));
}
