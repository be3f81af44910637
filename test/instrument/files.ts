/** Opens a file, looks at all of its bytes and closes it, by read(2) and by mmap(2). No view is made over a mapping. */
import { close, findByte, Mapping, MappingPlace, mapFile, openAt, read, SyscallError, unmap } from '#libc';
import { type Loop, meter } from './loops.ts';
import { LAST_BYTE } from './source-files.ts';

export const openReadClose: Loop = ({ bytes, operations, path }) => {
  using name = inMemory(path);
  using buffer = Mapping.anonymous(bytes);
  buffer.view().fill(1);
  let answer = 0;

  const before = meter.cpuNs();
  for (let done = 0; done < operations; done++) {
    const fd = openAt(name.address);
    if (fd < 0) throw new SyscallError('open', -fd);
    const got = read(fd, buffer.address, bytes);
    if (got < 0) throw new SyscallError('read', -got);
    answer += got;
    close(fd);
  }
  return { cpuNs: meter.cpuNs() - before, calls: 3 * operations, answer };
};

export const openMmapScanMunmapClose: Loop = ({ bytes, operations, path }) => {
  using name = inMemory(path);
  using place = new MappingPlace();
  let answer = 0;

  const before = meter.cpuNs();
  for (let done = 0; done < operations; done++) {
    const fd = openAt(name.address);
    if (fd < 0) throw new SyscallError('open', -fd);
    const mapped = mapFile(fd, 0, bytes, place.address);
    if (mapped < 0) throw new SyscallError('mmap', -mapped);
    const found = findByte(mapped, bytes, LAST_BYTE);
    if (found < 0) throw new Error('Cannot find the last byte of the file');
    answer += found + 1;
    unmap(mapped, bytes);
    close(fd);
  }
  return { cpuNs: meter.cpuNs() - before, calls: 5 * operations, answer };
};

/** The path, NUL-terminated, where a system call finds it. */
function inMemory(path: string): Mapping {
  const bytes = Buffer.from(`${path}\0`);
  const memory = Mapping.anonymous(bytes.length);
  memory.view().set(bytes);
  return memory;
}
