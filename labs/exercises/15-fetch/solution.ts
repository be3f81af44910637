/** The fetch path: a few bytes from memory that say what follows, and the records by sendfile, straight from the segment. */
import { EAGAIN, EINTR, MSG_MORE, OffsetCell, open, POLLOUT, SyscallError, sendBytes, sendfile, waitFor } from '#libc';

export interface Fetch {
  readonly correlationId: number;
  readonly fields: Buffer;
  readonly path: string;
  readonly position: number;
  readonly bytes: number;
}

export function answerFetch(socket: number, fetch: Fetch): void {
  const head = headOf(fetch);
  const more = fetch.bytes > 0 ? MSG_MORE : 0;
  // ^^^ added: nothing follows the head at the end of the log, and what is kept back for nothing waits for 200 ms.
  for (let at = 0; at < head.length; ) at += moved(socket, 'send', sendBytes(socket, head.subarray(at), more));
  using segment = open(fetch.path);
  using cell = new OffsetCell();
  cell.set(fetch.position);
  const end = fetch.position + fetch.bytes;
  // vvv added: no more than what is left of the slice, for behind it lie other records.
  while (cell.get() < end) moved(socket, 'sendfile', sendfile(socket, segment.fd, cell, end - cell.get()));
}

function headOf({ correlationId, fields, bytes }: Fetch): Buffer {
  const head = Buffer.alloc(8 + fields.length + 4);
  head.writeInt32BE(head.length - 4 + bytes, 0);
  head.writeInt32BE(correlationId, 4);
  head.set(fields, 8);
  head.writeInt32BE(bytes, head.length - 4);
  return head;
}

/** Bytes that a call moved; none when a signal came first, or when the queue was full: then it waits for room. */
function moved(socket: number, call: string, result: number): number {
  if (result === -EAGAIN) waitFor(socket, POLLOUT, -1);
  else if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
