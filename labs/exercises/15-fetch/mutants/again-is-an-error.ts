// Wrong: takes -EAGAIN for an error, and gives up on a client who reads slowly.
// Found: threw
import { EINTR, MSG_MORE, OffsetCell, open, SyscallError, sendBytes, sendfile } from '#libc';

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
  for (let at = 0; at < head.length; ) at += moved(socket, 'send', sendBytes(socket, head.subarray(at), more));
  using segment = open(fetch.path);
  using cell = new OffsetCell();
  cell.set(fetch.position);
  const end = fetch.position + fetch.bytes;
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
function moved(_socket: number, call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
