/** The overwrite test: what was queued by reference changes with the file, what was copied does not. */
import { fstat, Mapping, O_RDWR, open, pwrite, read, SyscallError } from '#libc';

const OLD = 'A'.charCodeAt(0);
const NEW = 'B'.charCodeAt(0);

export function changedBytes(path: string, receiver: number, transfer: () => void): number {
  using file = open(path, O_RDWR);
  const { size } = fstat(file.fd);
  using buffer = Mapping.anonymous(size);
  transfer();
  buffer.view().fill(NEW);
  for (let done = 0; done < size; ) {
    const wrote = pwrite(file.fd, buffer.address + done, size - done, done);
    if (wrote < 0) throw new SyscallError('pwrite', -wrote);
    done += wrote;
  }
  // ^^^ added: the same pages get other bytes, behind the back of everybody who has a reference to them.
  let changed = 0;
  for (;;) {
    const got = read(receiver, buffer.address, size);
    if (got < 0) throw new SyscallError('read', -got);
    if (got === 0) return changed;
    for (const byte of buffer.view().subarray(0, got)) if (byte !== OLD) changed++;
  }
}
