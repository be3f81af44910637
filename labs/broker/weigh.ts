import { Meter } from '#libc';
import { usageOf } from '#machine/process-usage.ts';
import type { WorkerAnswer } from '#measure/task.ts';

/** What a sample says of the process that worked; the work itself and its wall time come from who asked. */
export type Weight = Omit<Extract<WorkerAnswer, { work: unknown }>, 'wallNs' | 'work'>;

const meter = new Meter();

/** Weighs a process from outside, by its own clock, while something is asked of it. */
export async function weigh<T>(
  pid: number,
  during: () => Promise<T>,
): Promise<{ readonly got: T; readonly weight: Weight }> {
  const [before, cpuBefore] = [usageOf(pid), meter.cpuNsOf(pid)];
  const got = await during();
  const cpuNs = meter.cpuNsOf(pid) - cpuBefore;
  const after = usageOf(pid);
  const weight = {
    cpuNs,
    minorFaults: after.minorFaults - before.minorFaults,
    majorFaults: after.majorFaults - before.majorFaults,
    voluntarySwitches: after.voluntarySwitches - before.voluntarySwitches,
    involuntarySwitches: after.involuntarySwitches - before.involuntarySwitches,
    peakMemoryBytes: after.peakMemoryBytes,
  };
  return { got, weight };
}
