import { Descriptor } from './descriptor.ts';
import { refusal } from './errno.ts';
import { bind, errno } from './load.ts';

const create = bind<(name: string, flags: number) => number>('memfd_create', 'int', ['string', 'uint']);
const MFD_CLOEXEC = 1;

/** A file without a name, in the kernel's own tmpfs: memfd_create(2). It goes with its last descriptor. */
export function memoryFile(name: string): Descriptor {
  const fd = create(name, MFD_CLOEXEC);
  if (fd < 0) throw refusal('memfd_create', errno());
  return new Descriptor(fd);
}
