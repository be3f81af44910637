/** Predicates over the lab latency: medians of replies from memory, over loopback TCP. */
import type { Predicate } from '../claim.ts';
import { judging } from './look-up.ts';
import { type Band, every, judgeRatio } from './ratio.ts';

const SHORT = 100;
const LONG = 64 * 1024;
const replies = (bytes: number) => ({ variant: 'sendfile', factors: { link: 'tcp', bytes } });

/** Less than a tenth of microseconds matters to nobody. */
const SOONER: Band = { above: 0, below: 1 / 1.1 };
/** What "much" asks for: a fifth less. */
const MUCH_SOONER: Band = { above: 0, below: 0.8 };
/** What would make it the reason for low latency: without it, twice as long. */
const HALF: Band = { above: 0, below: 0.5 };

/** Replies are sooner, long ones and short ones. */
export const sooner: Predicate = judging(
  'time',
  () => ({ long: replies(LONG), short: replies(SHORT) }),
  ({ long, short }, result) =>
    every(
      [long, short].map((series) =>
        judgeRatio(result, { series, measure: 'latency.p50', band: SOONER, what: 'latency' }),
      ),
    ),
);

/** Short replies, as those of a trading system are, are sooner by much. */
export const shortMuchSooner: Predicate = judging(
  'time',
  () => ({ short: replies(SHORT) }),
  ({ short }, result) =>
    judgeRatio(result, { series: short, measure: 'latency.p50', band: MUCH_SOONER, what: 'latency' }),
);

/** Long replies take half the time. */
export const halfTheLatency: Predicate = judging(
  'time',
  () => ({ long: replies(LONG) }),
  ({ long }, result) => judgeRatio(result, { series: long, measure: 'latency.p50', band: HALF, what: 'latency' }),
);
