/** A call for which the kernel does next to nothing: what is left is the cost of calling. */
import { parentPid } from '#libc';
import { type Loop, meter } from './loops.ts';

export const emptyCall: Loop = ({ operations }) => {
  let answer = 0;
  const before = meter.cpuNs();
  for (let done = 0; done < operations; done++) answer += parentPid() > 0 ? 1 : 0;
  return { cpuNs: meter.cpuNs() - before, calls: operations, answer };
};
