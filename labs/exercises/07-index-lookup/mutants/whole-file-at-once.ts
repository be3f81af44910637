// Wrong: reads the whole index into memory for every lookup.
// Right: on every example
// Found: read-not-mapped call=read
import { readFileSync } from 'node:fs';

export function lookup(path: string, target: number): number {
  const index = readFileSync(path);
  let [low, high] = [0, index.length / 8];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (index.readUInt32BE(middle * 8) <= target) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : index.readUInt32BE((low - 1) * 8 + 4);
}
