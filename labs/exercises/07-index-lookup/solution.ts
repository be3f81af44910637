/** Binary search in a mapped index: the kernel brings the pages that the search touches, and no call copies them. */
import { fstat, Mapping, open } from '#libc';

const ENTRY_BYTES = 8;

export function lookup(path: string, target: number): number {
  using file = open(path);
  const { size } = fstat(file.fd);
  // mmap(2): a length of 0 is EINVAL.
  if (size === 0) return 0;
  using mapping = Mapping.ofFile(file.fd, 0, size);
  const index = mapping.view();
  // ^^^ added: no buffer and no read. What is not looked at is not brought in.
  let [low, high] = [0, size / ENTRY_BYTES];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (index.readUInt32BE(middle * ENTRY_BYTES) <= target) low = middle + 1;
    else high = middle;
  }
  // ^^^ added: below low every offset is at most the target, from high on every offset is above it.
  return low === 0 ? 0 : index.readUInt32BE((low - 1) * ENTRY_BYTES + 4);
}
