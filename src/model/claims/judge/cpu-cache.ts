/** The predicate over the lab cpu-cache: what is left in the cache for others. */
import type { Predicate } from '../claim.ts';
import { judging } from './look-up.ts';
import { judgeRatio, LESS } from './ratio.ts';

/** Fits into a cache that a core has for itself. */
const WORKING_BYTES = 256 * 1024;

/** After the same bytes were moved, somebody else's memory is reached sooner when sendfile has moved them. */
export const leavesMoreCached: Predicate = judging(
  'time',
  () => ({ sendfile: { variant: 'sendfile', factors: { workingBytes: WORKING_BYTES } } }),
  ({ sendfile }, result) =>
    judgeRatio(result, { series: sendfile, measure: 'extra.nsPerAccess', band: LESS, what: 'access-time' }),
);
