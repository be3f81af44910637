/**
 * Map a file and write it out.
 *
 * send() gets a connected socket and the path of a file. It must map the file with mmap(2) and write(2) it to the socket
 * from the mapping, so that no read brings any of it into a buffer. It is right for a file that the socket takes at once.
 */
import { fstat, Mapping, open, write } from '#libc';

export function send(socket: number, path: string): void {
  using file = open(path);
  const { size } = fstat(file.fd);
  const mapping = Mapping.ofFile(file.fd, 0, size);
  // TODO: how much did the socket take? Who unmaps the file? And what is there to map in an empty one?
  write(socket, mapping.address, size);
}
