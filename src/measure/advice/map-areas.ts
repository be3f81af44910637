/** How many map areas a process may have: vm.max_map_count, mmap(2). Kafka maps two index files for each segment of a log. */
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENOMEM, mapFile, open, pageSize, SyscallError, unmap } from '#libc';
import { fact } from '#machine/facts.ts';
import type { Task } from '../task.ts';

/** Some systems allow a million areas: that many need not be made. */
export const MOST_MAPS = 200_000;

/**
 * Maps one page of a file again and again, until the kernel refuses or `most` are there.
 * @param adjacent the pages follow each other, so that the kernel makes one area of them; otherwise it is the same page
 */
export function mapAreas(adjacent: boolean, most = MOST_MAPS): Task {
  return ({ folder }) => {
    const path = join(folder, 'areas.bin');
    writeFileSync(path, '');
    // Sparse: it takes no room on the disk.
    truncateSync(path, most * pageSize());
    const file = open(path);
    const addresses = new Float64Array(most);
    // Compiled before it counts: at the limit no other memory can be had either.
    mapUpTo(file.fd, addresses.subarray(0, 2000), adjacent);
    return {
      run() {
        const mapped = mapUpTo(file.fd, addresses, adjacent);
        const limit = Number(fact('/proc/sys/vm/max_map_count') ?? Number.NaN);
        const extra = { mapped, refused: mapped < most ? 1 : 0, limit };
        return { bytes: mapped * pageSize(), check: 'mapped', extra };
      },
      [Symbol.dispose]: () => file[Symbol.dispose](),
    };
  };
}

/** Maps a page for each place, and unmaps them all. @returns how many the kernel allowed */
function mapUpTo(fd: number, addresses: Float64Array, adjacent: boolean): number {
  const page = pageSize();
  let mapped = 0;
  let refusal = 0;
  while (mapped < addresses.length) {
    // The kernel goes downwards, so pages that are to follow each other come last first.
    const offset = adjacent ? (addresses.length - 1 - mapped) * page : 0;
    const address = mapFile(fd, offset, page);
    if (address < 0) {
      refusal = -address;
      break;
    }
    addresses[mapped++] = address;
  }
  for (let at = 0; at < mapped; at++) unmap(addresses[at] as number, page);
  if (refusal !== 0 && refusal !== ENOMEM) throw new SyscallError('mmap', refusal);
  return mapped;
}
