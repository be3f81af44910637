/** Opens a file, looks at all of its bytes and closes it, by read(2) and by mmap(2). No view is made over a mapping. */
import { close, findByte, Mapping, MappingPlace, mapFile, openAt, read, SyscallError, unmap } from '#libc';
import { type Loop, repeat } from './loops.ts';
import { LAST_BYTE } from './source-files.ts';

export const openReadClose: Loop = ({ bytes, operations, path }) => {
  using name = inMemory(path);
  using buffer = Mapping.anonymous(bytes);
  buffer.view().fill(1);
  const { cpuNs, answer } = repeat(operations, () => readOnce(name.address, buffer.address, bytes));
  return { cpuNs, calls: 3 * operations, answer };
};

export const openMmapScanMunmapClose: Loop = ({ bytes, operations, path }) => {
  using name = inMemory(path);
  using place = new MappingPlace();
  const { cpuNs, answer } = repeat(operations, () => scanOnce(name.address, place.address, bytes));
  return { cpuNs, calls: 5 * operations, answer };
};

/** @returns bytes read */
function readOnce(name: number, buffer: number, bytes: number): number {
  const fd = openAt(name);
  if (fd < 0) throw new SyscallError('open', -fd);
  const got = read(fd, buffer, bytes);
  if (got < 0) throw new SyscallError('read', -got);
  close(fd);
  return got;
}

/** @returns bytes searched */
function scanOnce(name: number, place: number, bytes: number): number {
  const fd = openAt(name);
  if (fd < 0) throw new SyscallError('open', -fd);
  const mapped = mapFile(fd, 0, bytes, place);
  if (mapped < 0) throw new SyscallError('mmap', -mapped);
  const found = findByte(mapped, bytes, LAST_BYTE);
  if (found < 0) throw new Error('Cannot find the last byte of the file');
  unmap(mapped, bytes);
  close(fd);
  return found + 1;
}

/** The path, NUL-terminated, where a system call finds it. */
function inMemory(path: string): Mapping {
  const bytes = Buffer.from(`${path}\0`);
  const memory = Mapping.anonymous(bytes.length);
  memory.view().set(bytes);
  return memory;
}
