// Wrong: leaves the mapping behind.
// Right: on every example
// Found: mappings-left
import { fstat, Mapping, open } from '#libc';

export function lookup(path: string, target: number): number {
  using file = open(path);
  const { size } = fstat(file.fd);
  if (size === 0) return 0;
  const mapping = Mapping.ofFile(file.fd, 0, size);
  const index = mapping.view();
  let [low, high] = [0, size / 8];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (index.readUInt32BE(middle * 8) <= target) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : index.readUInt32BE((low - 1) * 8 + 4);
}
