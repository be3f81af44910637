import type { TimeSample } from '../result.ts';

/**
 * What a time sample is compared by, in nanoseconds. The total is sender and receiver together: it leads every report.
 */
export type Measure = 'totalCpuNs' | 'senderCpuNs' | 'receiverCpuNs' | 'wallNs';

/** The measure of one sample, in nanoseconds as they were taken, not divided by the bytes moved. */
export function measureOf(sample: TimeSample, measure: Measure): number {
  return measure === 'totalCpuNs' ? sample.senderCpuNs + sample.receiverCpuNs : sample[measure];
}
