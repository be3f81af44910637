import { medianOf, type Reason, type Situation } from './situation.ts';

/** The bytes came from the disk, whose time is the same for every path. */
export function coldCache({ result, series }: Situation): Reason | null {
  const evicted = result.warnings.find(({ code }) => code === 'evicted-pages')?.args.bytes;
  const cold = series.factors.cache === 'cold' || result.parameters.cache === 'cold';
  const majorFaults = medianOf(result, series, (sample) => sample.majorFaults);
  const bytes = medianOf(result, series, (sample) => sample.bytes);
  // A few pages that fell out between two looks do not slow a transfer down.
  const share = typeof evicted === 'number' ? Math.min(1, evicted / bytes) : 0;
  if (cold) return { code: 'cold-cache', weight: 0.95, args: { majorFaults } };
  if (share < LEAST && majorFaults === 0) return null;
  return { code: 'evicted', weight: share >= 0.5 ? 0.95 : 0.75, args: { share, majorFaults } };
}

/** Share of the file out of memory from which on the disk weighs. */
const LEAST = 0.05;
