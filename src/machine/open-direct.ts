import { type Descriptor, EINVAL, O_DIRECT, open, SyscallError } from '#libc';
import { CannotRunHere } from './cannot-run.ts';

/**
 * Opens a file for reading past the page cache: open(2), O_DIRECT. Addresses, offsets and counts must then be multiples of
 * the block size.
 * @throws {CannotRunHere} where the file system refuses it
 */
export function openDirect(path: string, fileSystem: string): Descriptor {
  try {
    return open(path, O_DIRECT);
  } catch (error) {
    if (!(error instanceof SyscallError) || error.errno !== EINVAL) throw error;
    throw new CannotRunHere('unsupported-file-system', { call: 'open(O_DIRECT)', fileSystem }, { cause: error });
  }
}
