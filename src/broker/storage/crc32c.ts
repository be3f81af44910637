/**
 * CRC-32C (Castagnoli), the checksum of record batches: RFC 3720, appendix B.4; reflected, initial value and final
 * exclusive or all ones. Eight bytes a step, each through a table of its own ("slicing by 8").
 */
const POLYNOMIAL = 0x82f63b78;

/** Eight tables, one behind the other. Table n holds what a byte does when n more bytes follow it in the same step. */
const table = makeTables();

/**
 * Checksum of `bytes` from `start` to before `end`.
 * @param before checksum of the bytes that came before these, to go on from
 */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length, before = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let crc = ~before;
  let at = start;
  for (const last = end - 8; at <= last; at += 8) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      entry(7, low & 255) ^
      entry(6, (low >>> 8) & 255) ^
      entry(5, (low >>> 16) & 255) ^
      entry(4, low >>> 24) ^
      entry(3, high & 255) ^
      entry(2, (high >>> 8) & 255) ^
      entry(1, (high >>> 16) & 255) ^
      entry(0, high >>> 24);
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ entry(0, (crc ^ view.getUint8(at)) & 255);
  return ~crc >>> 0;
}

function entry(number: number, byte: number): number {
  return table[number * 256 + byte] as number;
}

function makeTables(): Int32Array {
  const made = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    made[byte] = crc;
  }
  for (let at = 256; at < made.length; at++) {
    const crc = made[at - 256] as number;
    made[at] = (crc >>> 8) ^ (made[crc & 255] as number);
  }
  return made;
}
