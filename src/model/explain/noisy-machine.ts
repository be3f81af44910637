import { noise } from '../statistics/compare.ts';
import { baselineDifference } from '../statistics/health.ts';
import { othersOf } from '../statistics/others.ts';
import { medianOf, type Reason, type Situation } from './situation.ts';

/** Something else had the machine, so that a gain of the usual size would not be seen. */
export function noisyMachine(situation: Situation): Reason | null {
  const { result, series, measure, state } = situation;
  const own = noise(result, series.factors, measure);
  const halfWidth = own.state === 'estimate' ? own.halfWidth : 0;
  const [stolen, throttled] = ['cpu-steal', 'throttled'].map((name) =>
    result.warnings.find(({ code }) => code === name),
  );
  const { share, cpus } = others(situation);
  const args = { halfWidth, share, stolen: Number(stolen?.args.share ?? 0) };
  // Noise and neighbours hide a difference; they do not turn one round.
  const least = state === 'reversed' ? 0.3 : 0;
  if (throttled) return { code: 'throttled', weight: 0.93, args: {} };
  if (share >= LEAST_SHARE && cpus >= LEAST_OF_ALL * result.environment.cpu.online) {
    return { code: 'busy-machine', weight: 0.91 - least, args: { ...args, cpus, of: result.environment.cpu.online } };
  }
  if (baselineDifference(result, series.factors, measure)) {
    return { code: 'noisy-machine', weight: 0.9 - least, args };
  }
  if (halfWidth < WIDE && share === 0 && args.stolen === 0) return null;
  const wide = halfWidth >= WIDE ? 0.7 : 0.3;
  return { code: 'noisy-machine', weight: Math.max(0.1, wide - least), args };
}

/**
 * What others had while this path and the baseline sent. Where the receiver's CPU time is not known, a lab's own other end
 * would be taken for somebody else.
 */
function others({ result, series, baseline }: Situation): { share: number; cpus: number } {
  const nobody = { share: 0, cpus: 0 };
  if (medianOf(result, series, (sample) => sample.receiverCpuNs) === 0) return nobody;
  const had = othersOf([series, baseline]);
  return had && had.share > DOUBTFUL && had.cpus > FEW_CPUS ? had : nobody;
}

/** Shares and processors of others that are worth a word: as the warning has them (src/measure/transfer-warnings.ts). */
const DOUBTFUL = 0.15;
const FEW_CPUS = 0.3;
/** Others with so much of the CPU time, and of all processors, hold half of one of two. */
const LEAST_SHARE = 0.3;
const LEAST_OF_ALL = 0.25;
/** Noise that hides a gain of a tenth. */
const WIDE = 0.1;
