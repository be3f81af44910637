/** Predicates over the lab buffer-size: CPU and time to send the same bytes over loopback TCP, by the size of a call. */
import type { Predicate } from '../claim.ts';
import { judging, type Wanted } from './look-up.ts';
import { every, judgeRatio, LESS } from './ratio.ts';
import { ABOUT_65_PERCENT_LESS } from './times.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

const at = (variant: string, chunk: number): Wanted => ({ variant, factors: { link: 'tcp', chunk } });
const cpu = { measure: 'totalCpuNs', per: 'GiB', what: 'total-cpu' } as const;

/** Against a buffer of 4 KiB, of 64 KiB and of 1 MiB alike, sendfile takes about 65 % less time. */
export const about65PercentAtEveryBuffer: Predicate = judging(
  'time',
  () => ({
    small: at('sendfile-whole', 4 * KiB),
    usual: at('sendfile-whole', 64 * KiB),
    large: at('sendfile-whole', MiB),
  }),
  ({ small, usual, large }, result) =>
    every(
      [small, usual, large].map((series) =>
        judgeRatio(result, { series, measure: 'wallNs', band: ABOUT_65_PERCENT_LESS, what: 'wall-time' }),
      ),
    ),
);

/** sendfile instead of read + write takes more off the CPU of a byte than 64 KiB a call instead of 100 bytes do. */
export const moreThanBatching: Predicate = judging(
  'time',
  () => ({
    zeroCopy: at('sendfile', 64 * KiB),
    batched: at('read-write', 64 * KiB),
    single: at('read-write', 100),
  }),
  ({ zeroCopy, batched, single }, result) => {
    const batching = judgeRatio(result, { ...cpu, series: batched, than: single, band: LESS });
    if (!('numbers' in batching)) return batching;
    const below = batching.numbers[0]?.value ?? 0;
    const copying = judgeRatio(result, { ...cpu, series: zeroCopy, band: { above: 0, below } });
    if (!('numbers' in copying)) return copying;
    return { ...copying, numbers: [...copying.numbers, ...batching.numbers] };
  },
);

/** sendfile saves a larger share of the CPU with messages of 100 bytes than with 1 MiB a call. */
export const mostForSmallMessages: Predicate = judging(
  'time',
  () => ({ small: at('sendfile', 100), large: at('sendfile', MiB) }),
  ({ small, large }, result) => {
    const many = judgeRatio(result, { ...cpu, series: large, band: LESS });
    if (!('numbers' in many)) return many;
    const below = many.numbers[0]?.value ?? 0;
    const few = judgeRatio(result, { ...cpu, series: small, band: { above: 0, below } });
    if (!('numbers' in few)) return few;
    return { ...few, numbers: [...few.numbers, ...many.numbers] };
  },
);
