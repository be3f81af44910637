/**
 * Show that the page is shared.
 *
 * changedBytes() gets the path of a file that is full of the letter A, a socket that nobody has read from, and a function
 * that sends the whole file to that socket and returns. It must find out how many of the bytes that were sent are still
 * pages of the file when transfer() has returned, and how many are copies: by overwriting the file before it receives. It
 * is not told by which calls the file is sent. With sendfile it is all of them, with read and write none.
 */
import { fstat, Mapping, open, read, SyscallError } from '#libc';

const OLD = 'A'.charCodeAt(0);

/** @returns how many of the received bytes are the new ones */
export function changedBytes(path: string, receiver: number, transfer: () => void): number {
  using file = open(path);
  const { size } = fstat(file.fd);
  transfer();
  // TODO: who would notice now if the file were another?
  using buffer = Mapping.anonymous(size);
  let changed = 0;
  for (;;) {
    const got = read(receiver, buffer.address, size);
    if (got < 0) throw new SyscallError('read', -got);
    if (got === 0) return changed;
    for (const byte of buffer.view().subarray(0, got)) if (byte !== OLD) changed++;
  }
}
