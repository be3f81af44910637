/** Predicates over the lab file-size: CPU to look at a file, or to send it over loopback TCP, by its size. */
import type { Factors, TimeSeries } from '../../result.ts';
import type { Predicate } from '../claim.ts';
import { judging, type Wanted } from './look-up.ts';
import { every, judgeRatio, LESS } from './ratio.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const MB = 1e6;
const SIZES = [4 * KiB, 16 * KiB, 64 * KiB, 256 * KiB, MiB];

const looked = (variant: string, bytes: number): Wanted => ({ variant, factors: { work: 'to look at', bytes } });
const sent = (variant: string, bytes: number): Wanted => ({ variant, factors: { link: 'tcp', bytes } });
const cpu = { measure: 'totalCpuNs', band: LESS, what: 'total-cpu' } as const;

/** mmap costs less CPU than read for small files, 4 and 16 KiB. */
export const mmapWinsSmall: Predicate = judging(
  'time',
  () => ({ smallest: looked('mmap', 4 * KiB), small: looked('mmap', 16 * KiB) }),
  ({ smallest, small }, result) => every([smallest, small].map((series) => judgeRatio(result, { ...cpu, series }))),
);

/** Below 1 MB mmap + write costs less CPU than sendfile, at every size, and from there on sendfile less. */
export const mmapBelowOneMegabyte: Predicate = judging(
  'time',
  () => ({ ...bySize('mmap'), ...bySize('sendfile') }),
  (series, result) =>
    every(
      SIZES.map((bytes) => {
        const [mapped, whole] = [series[`mmap ${bytes}`], series[`sendfile ${bytes}`]] as [TimeSeries, TimeSeries];
        const [one, than] = bytes < MB ? [mapped, whole] : [whole, mapped];
        return judgeRatio(result, { ...cpu, series: one, than });
      }),
    ),
);

/** For a file of 1 MiB sendfile costs less CPU than read + write and than mmap + write. */
export const sendfileForLarge: Predicate = judging(
  'time',
  () => ({ series: sent('sendfile', MiB), than: sent('mmap', MiB) }),
  ({ series, than }, result) =>
    every([judgeRatio(result, { ...cpu, series }), judgeRatio(result, { ...cpu, series, than })]),
);

function bySize(variant: string): Record<string, { variant: string; factors: Factors }> {
  return Object.fromEntries(SIZES.map((bytes) => [`${variant} ${bytes}`, sent(variant, bytes)]));
}
