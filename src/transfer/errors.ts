/** How a transfer can end before it is complete. `bytes` went into the socket before. */
abstract class TransferError extends Error {
  readonly bytes: number;

  constructor(message: string, bytes: number) {
    super(message);
    this.bytes = bytes;
  }
}

/** The other end closed the connection (EPIPE or ECONNRESET; Node ignores SIGPIPE, so it comes as an error). */
export class PeerGone extends TransferError {
  override name = 'PeerGone';

  constructor(bytes: number, count: number) {
    super(`Cannot send ${count} bytes: the receiver closed the connection after ${bytes}`, bytes);
  }
}

/** The file has fewer bytes than were asked for. */
export class FileEnded extends TransferError {
  override name = 'FileEnded';

  constructor(bytes: number, count: number) {
    super(`Cannot send ${count} bytes: the file ended after ${bytes}`, bytes);
  }
}

/** The receiver took nothing for the whole of the time allowed. */
export class ReceiverStalled extends TransferError {
  override name = 'ReceiverStalled';

  constructor(bytes: number, count: number, timeoutMs: number) {
    super(`Cannot send ${count} bytes: the receiver took nothing for ${timeoutMs} ms after ${bytes}`, bytes);
  }
}
