/**
 * Touches memory that may not be there, and says on stdout what it saw before. Program: started by touching.ts, since a
 * signal may end it.
 */
import { findByte, fstat, ftruncate, Mapping, O_RDWR, open, pageSize, pread, write } from '#libc';
import { KERNEL_ADDRESS, type Seen, type Touch } from './touching.ts';

const [what, path] = process.argv.slice(2) as [Touch, string];
using file = open(path, O_RDWR);
const page = pageSize();
const { size } = fstat(file.fd);
/** Where the file is cut: in its first page. */
const LEFT = 100;

const touches: Readonly<Record<Touch, () => void>> = {
  'read-cut'() {
    using memory = Mapping.anonymous(page);
    memory.view().fill(0xff);
    ftruncate(file.fd, LEFT);
    const within = pread(file.fd, memory.address, page, 0);
    say({ zeroBytes: count(memory.view().subarray(0, within)), readBytes: pread(file.fd, memory.address, page, page) });
  },
  'map-cut'() {
    using mapping = Mapping.ofFile(file.fd, 0, size);
    findByte(mapping.address, size, 0);
    ftruncate(file.fd, LEFT);
    say({ zeroBytes: count(mapping.view().subarray(LEFT, page)), readBytes: 0 });
    // SIGBUS: the page behind the new end is not the file's any more.
    findByte(mapping.address + page, page, 0);
  },
  'read-kernel'() {
    // EFAULT: the kernel looks at the address before it reads from there.
    say({ zeroBytes: 0, readBytes: Math.max(0, write(file.fd, KERNEL_ADDRESS, 8)) });
  },
  'map-kernel'() {
    say({ zeroBytes: 0, readBytes: 0 });
    // SIGSEGV: the page tables of the program do not let it there.
    findByte(KERNEL_ADDRESS, 8, 0);
    say({ zeroBytes: 0, readBytes: 8 });
  },
};
touches[what]();

function count(bytes: Buffer): number {
  return bytes.filter((byte) => byte === 0).length;
}

function say(seen: Seen): void {
  process.stdout.write(`${JSON.stringify(seen)}\n`);
}
