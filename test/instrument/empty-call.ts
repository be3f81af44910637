/** A call for which the kernel does next to nothing: what is left is the cost of calling. */
import { parentPid } from '#libc';
import { type Loop, repeat } from './loops.ts';

export const emptyCall: Loop = ({ operations }) => {
  const { cpuNs, answer } = repeat(operations, () => (parentPid() > 0 ? 1 : 0));
  return { cpuNs, calls: operations, answer };
};
