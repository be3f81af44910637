/** Predicates over the lab file-to-socket: CPU and time of a large file that is in memory, over loopback TCP. */
import type { Measure } from '../../statistics/measure.ts';
import type { Predicate, Quantity } from '../claim.ts';
import { judging } from './look-up.ts';
import { type Band, every, judgeRatio, LESS } from './ratio.ts';

const place = { link: 'tcp', chunk: 64 * 1024 };

/** "About 65 % less": from 60 to 70 %. */
export const ABOUT_65_PERCENT_LESS: Band = { above: 0.3, below: 0.4 };

/** sendfile costs sender and receiver together less CPU than read + write. */
export const lessCpu: Predicate = timed('totalCpuNs', LESS, 'total-cpu');
/** The same bytes arrive in less time. */
export const lessTime: Predicate = timed('wallNs', LESS, 'wall-time');
/** They arrive in about 65 % less time. */
export const about65PercentLessTime: Predicate = timed('wallNs', ABOUT_65_PERCENT_LESS, 'wall-time');

/** sendfile costs less CPU than read + write, and than mmap + write. */
export const cheapestWay: Predicate = judging(
  'time',
  () => ({ sendfile: { variant: 'sendfile', factors: place }, mapped: { variant: 'mmap-write', factors: place } }),
  ({ sendfile, mapped }, result) => {
    const cpu = { series: sendfile, measure: 'totalCpuNs', band: LESS, what: 'total-cpu' } as const;
    return every([judgeRatio(result, cpu), judgeRatio(result, { ...cpu, than: mapped })]);
  },
);

function timed(measure: Measure, band: Band, what: Quantity): Predicate {
  return judging(
    'time',
    () => ({ sendfile: { variant: 'sendfile', factors: place } }),
    ({ sendfile }, result) => judgeRatio(result, { series: sendfile, measure, band, what }),
  );
}
