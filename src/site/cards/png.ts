/**
 * Writes an image with a palette as PNG (RFC 2083). The compression is our own, a fixed Huffman code (RFC 1951, 3.2.6) over repeats of
 * the pixel before and of the row above: that of zlib differs between processors, and the same page is to have the same image.
 */
import { crc32 } from 'node:zlib';
import type { Canvas } from './canvas.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function pngOf(canvas: Canvas): Buffer {
  const { width, height, palette, pixels } = canvas;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, numbers of the palette.
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  // The byte before each row says that it is not filtered.
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const data = compress(rows, [1, width + 1]);
  const chunks = [chunk('IHDR', header), chunk('PLTE', Buffer.from(palette.flat())), chunk('IDAT', data)];
  return Buffer.concat([SIGNATURE, ...chunks, chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** Longest and shortest repeat that the format knows. */
const [LONGEST, SHORTEST] = [258, 3];

/** A zlib stream (RFC 1950). @param distances how far back a repeat is looked for */
export function compress(bytes: Uint8Array, distances: readonly number[]): Buffer {
  const out = new Bits();
  // One block, the last, with the fixed code.
  out.add(0b011, 3);
  for (let at = 0; at < bytes.length; ) {
    let [length, distance] = [0, 0];
    for (const back of distances) {
      const found = repeatAt(bytes, at, back);
      if (found > length) [length, distance] = [found, back];
    }
    if (length < SHORTEST) {
      out.symbol(bytes[at] ?? 0);
      at++;
    } else {
      out.repeat(length, distance);
      at += length;
    }
  }
  out.symbol(256);
  const end = Buffer.alloc(4);
  end.writeUInt32BE(adler32(bytes));
  return Buffer.concat([Buffer.from([0x78, 0x01]), out.bytes(), end]);
}

function repeatAt(bytes: Uint8Array, at: number, back: number): number {
  if (at < back) return 0;
  let length = 0;
  while (length < LONGEST && at + length < bytes.length && bytes[at + length] === bytes[at + length - back]) length++;
  return length;
}

/** Bits, the lowest of each byte first; codes come with their highest first. */
class Bits {
  readonly #bytes: number[] = [];
  #pending = 0;
  #count = 0;

  add(value: number, count: number): void {
    this.#pending |= value << this.#count;
    this.#count += count;
    for (; this.#count >= 8; this.#count -= 8) {
      this.#bytes.push(this.#pending & 255);
      this.#pending >>>= 8;
    }
  }

  /** A literal, the end, or the beginning of a repeat, in the fixed code. */
  symbol(value: number): void {
    const [bits = 0, count = 0] = symbols[value] ?? [];
    this.add(bits, count);
  }

  repeat(length: number, distance: number): void {
    const [symbol, from, bits] = lengths.findLast(([, from]) => from <= length) ?? [257, 3, 0];
    this.symbol(symbol);
    this.add(length - from, bits);
    const [code, start, extra] = distanceCodes.findLast(([, start]) => start <= distance) ?? [0, 1, 0];
    this.add(reversed(code, 5), 5);
    this.add(distance - start, extra);
  }

  bytes(): Buffer {
    return Buffer.from(this.#count > 0 ? [...this.#bytes, this.#pending & 255] : this.#bytes);
  }
}

function reversed(code: number, count: number): number {
  return Number.parseInt([...code.toString(2).padStart(count, '0')].reverse().join(''), 2);
}

/** Every symbol of the fixed code as it is written: its bits and how many they are. */
const symbols = Array.from({ length: 288 }, (_, value): readonly [bits: number, count: number] => {
  if (value < 144) return [reversed(0b00110000 + value, 8), 8];
  if (value < 256) return [reversed(0b110010000 + value - 144, 9), 9];
  if (value < 280) return [reversed(value - 256, 7), 7];
  return [reversed(0b11000000 + value - 280, 8), 8];
});

type Code = readonly [code: number, from: number, extraBits: number];

/** Lengths: four symbols with each number of extra bits, after eight with none; 258 has a symbol of its own. */
const lengths: readonly Code[] = [...codes(257, 3, 28, 4), [285, LONGEST, 0]];
/** Distances: two codes with each number of extra bits, after four with none. */
const distanceCodes: readonly Code[] = codes(0, 1, 30, 2);

function codes(first: number, from: number, count: number, each: number): Code[] {
  let start = from;
  return Array.from({ length: count }, (_, index): Code => {
    const bits = Math.max(0, Math.floor(index / each) - 1);
    const code: Code = [first + index, start, bits];
    start += 2 ** bits;
    return code;
  });
}

/** As many as both sums can take before they have to be reduced. */
const ADDED_AT_ONCE = 5552;

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (let from = 0; from < bytes.length; from += ADDED_AT_ONCE) {
    for (const byte of bytes.subarray(from, from + ADDED_AT_ONCE)) {
      low += byte;
      high += low;
    }
    low %= 65_521;
    high %= 65_521;
  }
  return high * 65_536 + low;
}
