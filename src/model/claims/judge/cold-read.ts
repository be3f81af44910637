/** Predicates over the lab cold-read: how long a request for 64 KiB holds the thread that serves it. */
import type { Predicate } from '../claim.ts';
import { judging, type Wanted } from './look-up.ts';
import { type Band, judgeRatio } from './ratio.ts';

const at = (variant: string, file: 'on disk' | 'in memory'): Wanted => ({ variant, factors: { link: 'tcp', file } });

/** What "less" asks for in a tail that varies by itself: a fifth. */
const A_FIFTH_LESS: Band = { above: 0, below: 0.8 };
const NO_MORE_THAN_TWICE: Band = { above: 0, below: 2 };

/** With files on the disk, nine of ten requests are over sooner by sendfile than by read + write. */
export const steadier: Predicate = judging(
  'time',
  () => ({ sendfile: at('sendfile', 'on disk') }),
  ({ sendfile }, result) =>
    judgeRatio(result, { series: sendfile, measure: 'latency.p90', band: A_FIFTH_LESS, what: 'held-tail' }),
);

/** A file on the disk does not stall the thread that sends it: half of the requests take twice as long at most. */
export const neverStalls: Predicate = judging(
  'time',
  () => ({ series: at('sendfile', 'on disk'), than: at('sendfile', 'in memory') }),
  ({ series, than }, result) =>
    judgeRatio(result, { series, than, measure: 'latency.p50', band: NO_MORE_THAN_TWICE, what: 'held-thread' }),
);
