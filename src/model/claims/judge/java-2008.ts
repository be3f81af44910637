/** The predicate over the lab java-2008: the time that transferTo takes off a stream with a buffer of 4 KiB. */
import type { Predicate } from '../claim.ts';
import { judging, type Wanted } from './look-up.ts';
import { every, judgeRatio } from './ratio.ts';
import { ABOUT_65_PERCENT_LESS } from './times.ts';

const MiB = 2 ** 20;
const of = (size: number): Wanted => ({ variant: 'transfer-to', factors: { bytes: size * MiB } });

/** With the programs that it was said of, a small, a middle and a large file take about 65 % less time. */
export const about65PercentOf2008: Predicate = judging(
  'time',
  () => ({ small: of(7), middle: of(63), large: of(200) }),
  ({ small, middle, large }, result) =>
    every(
      [small, middle, large].map((series) =>
        judgeRatio(result, { series, measure: 'wallNs', band: ABOUT_65_PERCENT_LESS, what: 'wall-time' }),
      ),
    ),
);
