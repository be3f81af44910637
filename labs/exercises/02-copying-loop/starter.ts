/**
 * Write the copying loop right.
 *
 * send() gets a connected socket and the path of a file. It must put every byte of the file into the socket, in order,
 * through one buffer. It works for a small file. What it does not know yet: a call may move less than it was asked to,
 * a signal may end it with -EINTR before it has moved anything, and the receiver may go away.
 */
import { Mapping, open, read, write } from '#libc';

const BUFFER_BYTES = 64 * 1024;

export function send(socket: number, path: string): void {
  using file = open(path);
  using buffer = Mapping.anonymous(BUFFER_BYTES);
  for (;;) {
    const got = read(file.fd, buffer.address, BUFFER_BYTES);
    if (got === 0) return;
    // TODO: write() says how much it took. And what does a negative number mean, here and above?
    write(socket, buffer.address, got);
  }
}
