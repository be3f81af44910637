/** What the whole machine did while a sample was taken, for its series and for itself. */
import { machineCpu } from '#machine/facts.ts';
import type { TimeSeries } from '#model/result.ts';

/** Nanoseconds of all CPUs, in ticks of 10 ms; null where /proc/stat is not readable. */
export type MachineUse = ReturnType<typeof machineCpu>;

/** What was used since an earlier look. */
export function machineSince(before: MachineUse): MachineUse {
  const now = machineCpu();
  return now && before ? { busyNs: now.busyNs - before.busyNs, stealNs: now.stealNs - before.stealNs } : null;
}

/** Adds it to the series that the sample belongs to. @returns what the sample itself says of it */
export function noteUse(series: TimeSeries, used: MachineUse): { stealNs?: number } {
  if (!used) return {};
  series.machineCpuNs = (series.machineCpuNs ?? 0) + used.busyNs;
  series.stealNs = (series.stealNs ?? 0) + used.stealNs;
  return { stealNs: used.stealNs };
}
