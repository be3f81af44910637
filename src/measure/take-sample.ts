import { cgroupLimits } from '#machine/cgroup.ts';
import { machineCpu } from '#machine/facts.ts';
import type { TimeSample, TimeSeries } from '#model/result.ts';
import type { Crew } from './crew.ts';
import { machineSince, noteUse } from './machine-use.ts';
import type { Cell } from './schedule.ts';

/** Takes one sample into its series. Nothing else happens in this process meanwhile. */
export async function takeSample(
  crew: Crew,
  cell: Cell,
  turn: { round: number; order: number },
  series: TimeSeries,
): Promise<void> {
  const limits = cgroupLimits();
  const throttledBefore = limits.throttled();
  const machineBefore = machineCpu();
  const answer = await crew.work(cell, turn.round);
  const used = machineSince(machineBefore);
  if ('cannotRun' in answer)
    throw new Error(`'${cell.variant}' could run at first and cannot any more: ${answer.cannotRun.why}`);
  const { work, cpuNs, wallNs, ...usage } = answer;
  const sample: TimeSample = {
    round: turn.round,
    order: turn.order,
    wallNs,
    senderCpuNs: cpuNs,
    receiverCpuNs: work.receiverCpuNs ?? 0,
    bytes: work.bytes,
    calls: work.calls ? { ...work.calls } : null,
    ...usage,
    throttled: (limits.throttled() ?? 0) > (throttledBefore ?? 0),
    ...noteUse(series, used),
    ...(work.extra ? { extra: { ...work.extra } } : {}),
    ...(work.latenciesNs ? { latenciesNs: [...work.latenciesNs] } : {}),
  };
  series.samples.push(sample);
}
