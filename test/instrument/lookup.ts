/** Eight bytes at a random place of a mapping, over and over, through one view that is kept. */
import { fstat, Mapping, open } from '#libc';
import { type Loop, meter } from './loops.ts';

/** A power of 2. */
const OFFSETS = 65_536;

export const lookup: Loop = ({ operations, path }) => {
  using file = open(path);
  using mapping = Mapping.ofFile(file.fd, 0, fstat(file.fd).size);
  const view = mapping.view();
  const offsets = drawOffsets(mapping.length);
  // Untimed, so that every page is mapped.
  for (let at = 0; at < mapping.length; at += 4096) view.readUInt32LE(at);
  let low = 0;
  let high = 0;

  const before = meter.cpuNs();
  for (let done = 0; done < operations; done++) {
    const at = offsets[done & (OFFSETS - 1)] as number;
    low ^= view.readUInt32LE(at);
    high ^= view.readUInt32LE(at + 4);
  }
  return { cpuNs: meter.cpuNs() - before, calls: 0, answer: (low ^ high) >>> 0 };
};

/** The same places as lookup.c draws: xorshift32 (Marsaglia 2003), in multiples of eight bytes. */
function drawOffsets(length: number): Uint32Array {
  let state = 1;
  return new Uint32Array(OFFSETS).map(() => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) % (length / 8)) * 8;
  });
}
