/** A program with a heap that it uses, which reads a file again and again. Program: started by heap-and-cache.ts. */
import { Mapping, open, pread } from '#libc';
import { fact } from '#machine/facts.ts';
import type { DiskReads } from './heap-and-cache.ts';

const [, , path = '', heapBytes = '0', passes = '1'] = process.argv;
using heap = Mapping.anonymous(Number(heapBytes));
using buffer = Mapping.anonymous(2 ** 20);
using file = open(path);
const memory = heap.view();

const fromDisk: number[] = [];
for (let pass = 0; pass < Number(passes); pass++) {
  memory.fill(pass + 1);
  const before = diskBytes();
  for (let at = 0; ; ) {
    const got = pread(file.fd, buffer.address, buffer.length, at);
    if (got <= 0) break;
    at += got;
  }
  fromDisk.push(diskBytes() - before);
}
const [firstBytes = 0, ...again] = fromDisk;
const reads: DiskReads = { firstBytes, againBytes: again.reduce((sum, one) => sum + one, 0) };
process.stdout.write(JSON.stringify(reads));

/** read_bytes of /proc/self/io, proc_pid_io(5). */
function diskBytes(): number {
  return Number(/^read_bytes: (\d+)$/m.exec(fact('/proc/self/io') ?? '')?.[1] ?? 0);
}
