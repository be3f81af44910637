import { Mapping, MSG_MORE, send } from '#libc';
import { sendBlocking } from './blocking-loop.ts';
import { type Mover, type Sink, stepOf } from './mover.ts';

/** A file as a row of answers to requests, each a header and a slice of the file, as a broker or a web server sends them. */
export interface Slices {
  readonly sliceBytes: number;
  /** 0: none. */
  readonly headerBytes: number;
  /** Where each slice begins, bytes into a page. */
  readonly offsetBytes: number;
}

/** Slices begin a multiple of this apart, so that all lie alike in their pages. Bytes. */
const APART_BYTES = 64 * 1024;
/** What every byte of a header is. */
export const HEADER_BYTE = 1;

/** Offsets of the slices that a file has; none when it is too short for one. */
export function sliceOffsets(fileBytes: number, { sliceBytes, offsetBytes }: Slices): number[] {
  const apart = Math.ceil(sliceBytes / APART_BYTES) * APART_BYTES;
  const last = fileBytes - offsetBytes - sliceBytes;
  return last < 0 ? [] : Array.from({ length: Math.floor(last / apart) + 1 }, (_, at) => offsetBytes + at * apart);
}

/**
 * Sends all slices of a file, each after its header. The header waits for what follows (MSG_MORE, send(2)), so that both can go
 * in one segment.
 *
 * @param asked waits until the receiver asks for the next answer: it does so once after each
 * @param timeoutMs how long the receiver may take nothing, milliseconds
 * @returns the calls that headers took, by name
 * @throws as sendBlocking()
 */
export function sendSlices(
  mover: Mover,
  sink: Sink,
  fileBytes: number,
  slices: Slices,
  asked: () => void,
  timeoutMs?: number,
): Readonly<Record<string, number>> {
  using header = headerMover(sink, slices.headerBytes);
  for (const offset of sliceOffsets(fileBytes, slices)) {
    sendBlocking(header, sink, 0, slices.headerBytes, timeoutMs);
    sendBlocking(mover, sink, offset, slices.sliceBytes, timeoutMs);
    asked();
  }
  return slices.headerBytes > 0 ? header.calls : {};
}

function headerMover(sink: Sink, bytes: number): Mover {
  const header = Mapping.anonymous(Math.max(1, bytes));
  header.view().fill(HEADER_BYTE);
  const calls = { send: 0 };
  return {
    calls,
    step(offset, count) {
      calls.send++;
      const sent = send(sink.fd, header.address + offset, count, MSG_MORE);
      return sent < 0 ? stepOf('send', sent) : sent;
    },
    [Symbol.dispose]: () => header[Symbol.dispose](),
  };
}
