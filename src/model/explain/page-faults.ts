import { type Explainer, medianOf } from './situation.ts';

/**
 * A fault maps up to 16 pages around it (fault_around_bytes, mm/memory.c). Where faults are rarer, large folios were mapped,
 * and they cost little.
 */
const AROUND_BYTES = 64 * 1024;

/** Every few pages a fault: mapping costs what copying would have. */
export const pageFaults: Explainer = ({ result, series, baseline }) => {
  const faults = (one: typeof series) => medianOf(result, one, (sample) => sample.minorFaults + sample.majorFaults);
  const [mine, theirs] = [faults(series), faults(baseline)];
  const every = medianOf(result, series, ({ bytes }) => bytes) / Math.max(1, mine);
  if (mine < 10 * Math.max(1, theirs) || every > AROUND_BYTES) return null;
  return { code: 'page-faults', weight: every <= 2 * 4096 ? 0.9 : 0.72, args: { faults: mine, bytes: every } };
};
