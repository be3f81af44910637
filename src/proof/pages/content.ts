/** The content of files in the overwrite test: one letter before, another one after. */
import { type Descriptor, Mapping, pread, pwrite, SyscallError } from '#libc';

export const OLD = 0x41; // A
export const NEW = 0x42; // B

/** Fills the whole file with one byte value. @param content memory of the file's size */
export function fill(file: Descriptor, content: Mapping, value: number): void {
  content.view().fill(value);
  for (let done = 0; done < content.length; ) {
    const written = pwrite(file.fd, content.address + done, content.length - done, done);
    if (written < 0) throw new SyscallError('pwrite', -written);
    done += written;
  }
}

/** The file as it is now. */
export function readBack(file: Descriptor, bytes: number): Buffer {
  using memory = Mapping.anonymous(bytes);
  let got = 0;
  while (got < bytes) {
    const result = pread(file.fd, memory.address + got, bytes - got, got);
    if (result < 0) throw new SyscallError('pread', -result);
    if (result === 0) break;
    got += result;
  }
  return Buffer.from(memory.view().subarray(0, got));
}

export function count(bytes: Buffer, value: number): number {
  let found = 0;
  for (const byte of bytes) if (byte === value) found++;
  return found;
}
