import { type Explainer, medianOf } from './situation.ts';

/** A fault maps 16 pages at most by itself (fault-around, Documentation/admin-guide/mm: 64 KiB). */
const AROUND_BYTES = 64 * 1024;

/** Every few pages a fault: mapping costs what copying would have. */
export const pageFaults: Explainer = ({ result, series, baseline }) => {
  const faults = (one: typeof series) => medianOf(result, one, (sample) => sample.minorFaults + sample.majorFaults);
  const [mine, theirs] = [faults(series), faults(baseline)];
  const every = medianOf(result, series, ({ bytes }) => bytes) / Math.max(1, mine);
  if (mine < 10 * Math.max(1, theirs) || every > 4 * AROUND_BYTES) return null;
  return { code: 'page-faults', weight: every <= 2 * 4096 ? 0.9 : 0.72, args: { faults: mine, bytes: every } };
};
