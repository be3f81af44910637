/**
 * Answer a Kafka Fetch: a head, and then a slice of a segment, as it lies in the file.
 *
 * A consumer asks for records from an offset on. The broker around this function has read the request and found where
 * they lie; what is left is the answer:
 *
 *     size            4 bytes, highest byte first: how many bytes follow, the slice included
 *     correlation id  4 bytes, as in the request
 *     fields          what the broker says of the partition, ready to be sent
 *     records length  4 bytes: bytes of the slice
 *     the slice       by sendfile
 *
 * The socket does not block. Head and slice should leave together; at the end of the log the slice has no byte.
 */
import { EINTR, SyscallError } from '#libc';

export interface Fetch {
  readonly correlationId: number;
  readonly fields: Buffer;
  /** The segment, where the slice begins in it, and how long it is. */
  readonly path: string;
  readonly position: number;
  readonly bytes: number;
}

export function answerFetch(_socket: number, fetch: Fetch): void {
  headOf(fetch);
  // TODO: send the head, then the slice. What if a call moves less than it was asked to, or says -EAGAIN?
  moved('sendfile', 0);
}

function headOf({ correlationId, fields }: Fetch): Buffer {
  const head = Buffer.alloc(8 + fields.length + 4);
  // TODO: the size, and the length of the records.
  head.writeInt32BE(correlationId, 4);
  head.set(fields, 8);
  return head;
}

/** Bytes that a call moved; none when a signal came first. */
function moved(call: string, result: number): number {
  if (result < 0 && result !== -EINTR) throw new SyscallError(call, -result);
  return Math.max(0, result);
}
