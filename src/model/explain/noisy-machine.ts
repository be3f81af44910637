import { noise } from '../statistics/compare.ts';
import { baselineDifference } from '../statistics/health.ts';
import type { Reason, Situation } from './situation.ts';

/** Something else had the machine, so that a gain of the usual size would not be seen. */
export function noisyMachine({ result, series, measure, state }: Situation): Reason | null {
  const own = noise(result, series.factors, measure);
  const halfWidth = own.state === 'estimate' ? own.halfWidth : 0;
  const [busy, stolen, throttled] = ['busy-machine', 'cpu-steal', 'throttled'].map((name) =>
    result.warnings.find(({ code }) => code === name),
  );
  const [share, stolenShare] = [busy, stolen].map((one) => Number(one?.args.share ?? 0)) as [number, number];
  const args = { halfWidth, share, stolen: stolenShare };
  // Noise and neighbours hide a difference; they do not turn one round.
  const least = state === 'reversed' ? 0.3 : 0;
  if (throttled) return { code: 'throttled', weight: 0.93, args: {} };
  if (baselineDifference(result, series.factors, measure)) {
    return { code: 'noisy-machine', weight: 0.9 - least, args };
  }
  if (share >= HALF && busy) return { code: 'busy-machine', weight: 0.88 - least, args };
  if (halfWidth < WIDE && share === 0 && stolenShare === 0) return null;
  const wide = halfWidth >= WIDE ? 0.7 : 0.3;
  return { code: 'noisy-machine', weight: Math.max(0.1, wide - least), args };
}

/** Others with so much of the CPU time hold one of two cores. */
const HALF = 0.3;
/** Noise that hides a gain of a tenth. */
const WIDE = 0.1;
