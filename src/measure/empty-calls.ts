import { type Meter, parentPid } from '#libc';

const EMPTY_CALLS = 200_000;

/** CPU time of a system call that does nothing, ns: what every call of this program costs at least. */
export function emptyCallNs(meter: Meter): number {
  const before = meter.cpuNs();
  for (let call = 0; call < EMPTY_CALLS; call++) parentPid();
  return (meter.cpuNs() - before) / EMPTY_CALLS;
}
