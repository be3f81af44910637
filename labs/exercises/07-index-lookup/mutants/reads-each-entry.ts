// Wrong: searches by pread, a call for each step, behind a mapping that it does not use.
// Right: on every example
// Found: read-not-mapped call=pread
import { fstat, Mapping, open, pread } from '#libc';

export function lookup(path: string, target: number): number {
  using file = open(path);
  const { size } = fstat(file.fd);
  if (size === 0) return 0;
  using _mapping = Mapping.ofFile(file.fd, 0, size);
  using buffer = Mapping.anonymous(8);
  const entry = (at: number) => {
    pread(file.fd, buffer.address, 8, at * 8);
    return buffer.view();
  };
  let [low, high] = [0, size / 8];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entry(middle).readUInt32BE(0) <= target) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : entry(low - 1).readUInt32BE(4);
}
