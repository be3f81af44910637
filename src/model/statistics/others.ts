/** What other programs had of the processors while samples were taken. */
import type { TimeSample, TimeSeries } from '../result.ts';

export interface Others {
  /** Part of all CPU time that was used. It says little where little was used: see `cpus`. */
  readonly share: number;
  /** Processors that they kept busy. */
  readonly cpus: number;
}

/**
 * CPU time of the whole machine that was neither the sender's nor the receiver's.
 * @returns null where it is not known, and where a neighbour worked that belongs to the lab (slow-network)
 */
export function othersOf(series: readonly TimeSeries[]): Others | null {
  const known = series.filter((one) => one.machineCpuNs !== null && !one.samples.some(hasNeighbour));
  const samples = known.flatMap((one) => one.samples);
  const machineNs = sum(known.map((one) => one.machineCpuNs ?? 0));
  const wallNs = sum(samples.map((sample) => sample.wallNs));
  if (machineNs === 0 || wallNs === 0) return null;
  // /proc/stat counts in ticks of 10 ms: of short samples it may see less than they took.
  const othersNs = Math.max(0, machineNs - sum(samples.map((sample) => sample.senderCpuNs + sample.receiverCpuNs)));
  return { share: othersNs / machineNs, cpus: othersNs / wallNs };
}

/** What the hypervisor gave to other machines, as a part of what was used here and there. */
export function stolenShare(series: readonly TimeSeries[]): number {
  const stolenNs = sum(series.map((one) => one.stealNs ?? 0));
  const machineNs = sum(series.map((one) => one.machineCpuNs ?? 0));
  return machineNs === 0 ? 0 : stolenNs / (machineNs + stolenNs);
}

function hasNeighbour({ extra }: TimeSample): boolean {
  return extra?.neighbourOperations !== undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}
