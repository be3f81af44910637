/**
 * Texts of the wire: client ids and names of topics, which come again with every request. To make a string of bytes that were one
 * before, to hash it for a look-up, and to encode it, takes longer than all numbers of a request.
 */
import { Buffer } from 'node:buffer';

/** Texts that are remembered, at most, and how long one may be. Bytes. */
const PLACES = 256;
const MOST_BYTES = 64;

interface Known {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** By a hash of their bytes; a text that falls on the place of another takes it. */
const known = new Array<Known | undefined>(PLACES).fill(undefined);

/** Decodes UTF-8, what is none of it as U+FFFD: the same string for the same bytes, as a rule. */
export function decodeText(bytes: Buffer, from: number, to: number): string {
  if (to - from > MOST_BYTES) return bytes.toString('utf8', from, to);
  const place = placeOf(bytes, from, to);
  const before = known[place];
  if (before && same(before.bytes, bytes, from, to)) return before.text;
  const text = bytes.toString('utf8', from, to);
  known[place] = { bytes: Uint8Array.from(bytes.subarray(from, to)), text };
  return text;
}

/** Bytes of a text as UTF-8. */
export function textBytes(text: string): number {
  return text.length <= MOST_BYTES && isAscii(text) ? text.length : Buffer.byteLength(text);
}

/** Encodes a text as UTF-8. @param byteLength what textBytes() says of it */
export function encodeText(text: string, byteLength: number, into: Buffer, at: number): void {
  if (byteLength > MOST_BYTES || byteLength !== text.length) into.write(text, at);
  else for (let place = 0; place < byteLength; place++) into[at + place] = text.charCodeAt(place);
}

function isAscii(text: string): boolean {
  for (let place = 0; place < text.length; place++) if (text.charCodeAt(place) > 0x7f) return false;
  return true;
}

function placeOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
  return (hash ^ (hash >>> 8)) & (PLACES - 1);
}

function same(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let at = from; at < to; at++) if (known[at - from] !== bytes[at]) return false;
  return true;
}
