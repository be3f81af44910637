/**
 * What samples are compared by: times, counts of the kernel's, what a lab adds, percentiles of latencies. Each sample gives
 * one number, in the unit that the name ends with, or none where it was not taken.
 */
import type { CountSample } from '../count-sample.ts';
import type { ProofSample, TimeSample } from '../result.ts';
import { percentile } from './percentile.ts';

/** Times of a sample, in nanoseconds. The total is sender and receiver together: it leads the report of transfers. */
export type ClockMeasure = 'totalCpuNs' | 'senderCpuNs' | 'receiverCpuNs' | 'wallNs';

/** `calls`, `switches`: all kinds together. `latency.p99`: that percentile of the sample's own latencies, in ns. */
export type Measure =
  | ClockMeasure
  | 'minorFaults'
  | 'majorFaults'
  | 'switches'
  | 'peakMemoryBytes'
  | 'calls'
  | `extra.${string}`
  | `latency.p${number}`;

/** What a measure is divided by; `operation`: by `extra.operations`. */
export type Per = 'GiB' | 'operation' | 'sample';

export type Sample = TimeSample | CountSample | ProofSample;

/** The measure of one sample as it was taken; undefined where this sample does not have it. */
export function measureOf(sample: TimeSample, measure: ClockMeasure): number;
export function measureOf(sample: Sample, measure: Measure): number | undefined;
export function measureOf(sample: Sample, measure: Measure): number | undefined {
  if (measure.startsWith('extra.')) return 'extra' in sample ? sample.extra?.[measure.slice(6)] : undefined;
  if (measure.startsWith('latency.p')) return latencyOf(sample, Number(measure.slice(9)) / 100);
  if (measure === 'calls') return sample.calls ? sum(Object.values(sample.calls)) : undefined;
  if (measure === 'totalCpuNs') return added(sample, 'senderCpuNs', 'receiverCpuNs');
  if (measure === 'switches') return added(sample, 'voluntarySwitches', 'involuntarySwitches');
  return fieldOf(sample, measure);
}

/** The measure divided by what it is told for; undefined where the sample lacks either. */
export function amountOf(sample: Sample, measure: Measure, per: Per): number | undefined {
  const value = measureOf(sample, measure);
  const by = divisorOf(sample, per);
  return value === undefined || by === undefined || by <= 0 ? undefined : value / by;
}

function divisorOf(sample: Sample, per: Per): number | undefined {
  if (per === 'sample') return 1;
  if (per === 'operation') return measureOf(sample, 'extra.operations');
  return bytesOf(sample) / GIB;
}

const GIB = 2 ** 30;

/** Payload of a sample, bytes. */
export function bytesOf(sample: Sample): number {
  if ('bytes' in sample) return sample.bytes;
  return 'payloadBytes' in sample ? sample.payloadBytes : sample.sentBytes;
}

function latencyOf(sample: Sample, share: number): number | undefined {
  const latencies = 'latenciesNs' in sample ? sample.latenciesNs : undefined;
  return latencies ? (percentile(latencies, share) ?? undefined) : undefined;
}

function added(sample: Sample, one: string, other: string): number | undefined {
  const [a, b] = [fieldOf(sample, one), fieldOf(sample, other)];
  return a === undefined || b === undefined ? undefined : a + b;
}

function fieldOf(sample: Sample, name: string): number | undefined {
  const value: unknown = (sample as unknown as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'number' ? value : undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}
