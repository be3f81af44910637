/**
 * The frame of a Fetch response, as a learner's function must send it, and where a stream that arrived departs from it.
 *
 *      0  size            4  bytes that follow this field, the slice included
 *      4  correlation id  4
 *      8  fields             what the broker says of the partition
 *      …  records length  4  bytes of the slice
 *      …  the slice
 */
import { open, preadBytes } from '#libc';
import type { Finding } from '#model/finding.ts';
import type { Where } from '../judge-ending.ts';
import type { FetchDue } from './fetch-task.ts';

/** Bytes before the slice. */
export function headBytes({ fields }: Pick<FetchDue, 'fields'>): number {
  return 4 + 4 + fields.length + 4;
}

/** Bytes of the frame. */
export function frameBytes(due: Pick<FetchDue, 'fields' | 'bytes'>): number {
  return headBytes(due) + due.bytes;
}

/** All of the frame. @throws {RangeError} when the file ends before the slice does */
export function frameOf(due: FetchDue): Buffer {
  const { correlationId, fields, path, position, bytes } = due;
  const frame = Buffer.alloc(frameBytes(due));
  const before = headBytes(due);
  frame.writeInt32BE(frame.length - 4, 0);
  frame.writeInt32BE(correlationId, 4);
  frame.set(fields, 8);
  frame.writeInt32BE(bytes, before - 4);
  using file = open(path);
  for (let at = before; at < frame.length; ) {
    const got = preadBytes(file.fd, frame.subarray(at), position + at - before);
    if (got <= 0) throw new RangeError(`Expected ${bytes} bytes at ${position} of '${path}', found ${at - before}`);
    at += got;
  }
  return frame;
}

/** What is wrong with one answer that arrived; null: nothing. @param arrived everything from where it begins */
export function frameFinding(arrived: Buffer, due: FetchDue, where: Where): Finding | null {
  const expected = frameOf(due);
  const before = headBytes(due);
  const parts: readonly (readonly [string, number, number])[] = [
    ['size', 0, 4],
    ['correlation id', 4, 8],
    ['fields', 8, before - 4],
    ['records length', before - 4, before],
  ];
  for (const [part, from, to] of parts) {
    if (arrived.length < to) return missing(where, expected.length, arrived.length);
    if (arrived.subarray(from, to).equals(expected.subarray(from, to))) continue;
    const numbers: Where =
      part === 'fields' ? {} : { expected: expected.readInt32BE(from), found: arrived.readInt32BE(from) };
    return { code: 'fetch-head', args: { ...where, part, ...numbers } };
  }
  const slice = arrived.subarray(before, expected.length);
  const at = slice.findIndex((byte, place) => byte !== expected[before + place]);
  if (at >= 0) return { code: 'bytes-differ', args: { ...where, at, expected: due.bytes } };
  return arrived.length < expected.length ? missing(where, expected.length, arrived.length) : null;
}

function missing(where: Where, expected: number, arrived: number): Finding {
  return { code: 'bytes-missing', args: { ...where, expected, arrived } };
}
