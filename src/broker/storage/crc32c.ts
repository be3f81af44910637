/**
 * CRC-32C (Castagnoli), the checksum of record batches: RFC 3720, appendix B.4; reflected, initial value and final
 * exclusive or all ones. Eight bytes a step, each through a table of its own ("slicing by 8").
 */
const POLYNOMIAL = 0x82f63b78;

/** Table n holds what a byte does to the checksum when n more bytes follow it in the same step. */
const tables: readonly Uint32Array[] = makeTables();
const [T0, T1, T2, T3, T4, T5, T6, T7] = tables as [
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
];

/**
 * Checksum of `bytes` from `start` to before `end`.
 * @param before checksum of the bytes that came before these, to go on from
 */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length, before = 0): number {
  let crc = ~before;
  let at = start;
  for (const last = end - 8; at <= last; at += 8) {
    const low = crc ^ word(bytes, at);
    const high = word(bytes, at + 4);
    crc =
      entry(T7, low & 255) ^
      entry(T6, (low >>> 8) & 255) ^
      entry(T5, (low >>> 16) & 255) ^
      entry(T4, low >>> 24) ^
      entry(T3, high & 255) ^
      entry(T2, (high >>> 8) & 255) ^
      entry(T1, (high >>> 16) & 255) ^
      entry(T0, high >>> 24);
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ entry(T0, (crc ^ (bytes[at] as number)) & 255);
  return ~crc >>> 0;
}

function entry(table: Uint32Array, index: number): number {
  return table[index] as number;
}

/** Four bytes as they stand, least significant first. */
function word(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

function makeTables(): readonly Uint32Array[] {
  const made = Array.from({ length: 8 }, () => new Uint32Array(256));
  const [first] = made as [Uint32Array];
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    first[byte] = crc;
  }
  for (const [index, table] of made.entries()) {
    const previous = made[index - 1];
    if (previous === undefined) continue;
    for (let byte = 0; byte < 256; byte++) {
      const crc = entry(previous, byte);
      table[byte] = (crc >>> 8) ^ entry(first, crc & 255);
    }
  }
  return made;
}
