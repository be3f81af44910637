/**
 * Binary search in a mapped index.
 *
 * An offset index has entries of 8 bytes in ascending order: an offset and a position in the segment, both unsigned, 32
 * bits, highest byte first. lookup() finds the entry with the greatest offset that is not above the target and returns its
 * position, or 0 where there is none. For the entries (5, 100), (9, 4200), (20, 8400):
 *
 *     lookup(path, 9)  4200      lookup(path, 15)  4200      lookup(path, 20)  8400
 *
 * It works, and it brings the whole file into memory each time. Map the file instead, and touch no more of it than a
 * search must.
 */
import { fstat, Mapping, open, pread, SyscallError } from '#libc';

const ENTRY_BYTES = 8;

export function lookup(path: string, target: number): number {
  using file = open(path);
  const { size } = fstat(file.fd);
  // TODO: a mapping of the file instead of a buffer, and no loop over all entries.
  using buffer = Mapping.anonymous(size + 1);
  const got = pread(file.fd, buffer.address, size, 0);
  if (got < 0) throw new SyscallError('pread', -got);
  const index = buffer.view();
  let position = 0;
  for (let at = 0; at < size && index.readUInt32BE(at) <= target; at += ENTRY_BYTES)
    position = index.readUInt32BE(at + 4);
  return position;
}
