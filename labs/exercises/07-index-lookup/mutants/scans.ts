// Wrong: maps the index and goes over it from the beginning.
// Right: on every example
// Found: too-many-faults entries=1310720
import { fstat, Mapping, open } from '#libc';

export function lookup(path: string, target: number): number {
  using file = open(path);
  const { size } = fstat(file.fd);
  if (size === 0) return 0;
  using mapping = Mapping.ofFile(file.fd, 0, size);
  const index = mapping.view();
  let position = 0;
  for (let at = 0; at < size && index.readUInt32BE(at) <= target; at += 8) position = index.readUInt32BE(at + 4);
  return position;
}
