/** Why an expected gain is missing: the ranked reasons with their evidence, from the samples alone. */
import type { LabResult, TimeResult } from '../result.ts';
import { badSlice } from './bad-slice.ts';
import { coldCache } from './cold-cache.ts';
import { cpuIdle } from './cpu-idle.ts';
import { noisyMachine } from './noisy-machine.ts';
import { pageFaults } from './page-faults.ts';
import { receiverBound } from './receiver-bound.ts';
import { type Explainer, missingGains, type Reason, type Situation } from './situation.ts';
import { smallBuffer } from './small-buffer.ts';
import { smallSocketBuffer } from './small-socket-buffer.ts';
import { tls } from './tls.ts';

export type { Reason, Situation } from './situation.ts';

/** A missing gain, and its reasons, the best supported first. */
export interface Explained {
  readonly situation: Situation;
  readonly reasons: readonly Reason[];
}

const explainers: readonly Explainer[] = [
  tls,
  coldCache,
  smallSocketBuffer,
  smallBuffer,
  badSlice,
  receiverBound,
  cpuIdle,
  pageFaults,
  noisyMachine,
];

/** Explains every expected gain that a result lacks, in the order of its series. */
export function explain(result: TimeResult): Explained[] {
  return missingGains(result).map((situation) => {
    const found = explainers.flatMap((explainer) => explainer(situation) ?? []);
    return { situation, reasons: found.sort((a, b) => b.weight - a.weight) };
  });
}

/** Whether there is anything to explain in results of this kind: only a clock shows a gain. */
export function hasGains(result: LabResult): result is TimeResult {
  return result.kind === 'time';
}
