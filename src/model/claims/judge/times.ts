/**
 * Predicates over the lab file-to-socket: ratios per round with their exact 99 % interval, over loopback TCP. The baseline
 * against itself is the health check: where it differs, or is wider than half the way to the threshold, nothing is decided.
 */
import type { TimeResult, TimeSeries } from '../../result.ts';
import { compare, noise } from '../../statistics/compare.ts';
import { claimsDifference, type Estimate, estimateRatio } from '../../statistics/estimate.ts';
import type { Measure } from '../../statistics/measure.ts';
import { logRatios } from '../../statistics/ratios.ts';
import { baselinePair } from '../../statistics/series.ts';
import type { Finding, Predicate, Quantity, Shown } from '../claim.ts';
import { judging, notRun } from './look-up.ts';

const place = { link: 'tcp', chunk: 64 * 1024 };

/** Ratios for which a statement is true. `above` 0 and `below` 1: less. */
export interface Band {
  readonly above: number;
  readonly below: number;
}

const LESS: Band = { above: 0, below: 1 };
/** "About 65 % less": from 60 to 70 %. */
const ABOUT_65_PERCENT_LESS: Band = { above: 0.3, below: 0.4 };

/** sendfile costs sender and receiver together less CPU than read + write. */
export const lessCpu: Predicate = timed('totalCpuNs', LESS);
/** The same bytes arrive in less time. */
export const lessTime: Predicate = timed('wallNs', LESS);
/** They arrive in about 65 % less time. */
export const about65PercentLessTime: Predicate = timed('wallNs', ABOUT_65_PERCENT_LESS);

/** sendfile costs less CPU than read + write, and than mmap + write. */
export const cheapestWay: Predicate = judging(
  'time',
  () => ({ sendfile: { variant: 'sendfile', factors: place }, mapped: { variant: 'mmap-write', factors: place } }),
  ({ sendfile, mapped }, result) => {
    const logs = logRatios(sendfile, mapped, mapped, 'totalCpuNs');
    const other = decide(result, estimateRatio(logs, 0.99), 'totalCpuNs', LESS, 'total-cpu-mmap');
    return both(against(result, sendfile, 'totalCpuNs', LESS), other);
  },
);

/** Two comparisons that must both hold: the first that did not decides. */
function both(one: Finding, other: Finding): Finding {
  if (!('numbers' in one)) return one;
  if (!('numbers' in other)) return other;
  const numbers = [...one.numbers, ...other.numbers];
  const [first] = (['not-held', 'too-noisy'] as const).flatMap((state) =>
    [one, other].filter((each) => each.state === state),
  );
  return { ...(first ?? one), numbers };
}

function timed(measure: Measure, band: Band): Predicate {
  return judging(
    'time',
    () => ({ sendfile: { variant: 'sendfile', factors: place } }),
    ({ sendfile }, result) => against(result, sendfile, measure, band),
  );
}

function against(result: TimeResult, series: TimeSeries, measure: Measure, band: Band): Finding {
  const what = measure === 'wallNs' ? 'wall-time' : 'total-cpu';
  return decide(result, compare(result, series, measure, 0.99), measure, band, what);
}

function decide(
  result: TimeResult,
  estimate: ReturnType<typeof compare>,
  measure: Measure,
  band: Band,
  what: Quantity,
): Finding {
  if (measure === 'wallNs' && result.environment.cpu.usable.length < 2) return notRun('one-cpu');
  const lacking = notRun('series-missing', { lab: result.lab, variant: result.baseline, ...place });
  if (!baselinePair(result, place)) return lacking;
  const own = noise(result, place, measure, 0.99);
  for (const one of [estimate, own]) {
    if (one.state === 'no-baseline') return lacking;
    if (one.rounds < NEEDED) return notRun('too-few-rounds', { rounds: one.rounds, needed: NEEDED, lab: result.lab });
  }
  const [seen, self] = [estimate as Estimate, own as Estimate];
  const numbers: Shown[] = [
    { what, variant: 'sendfile', factors: place, value: seen.ratio, low: seen.low, high: seen.high },
  ];
  const noisy = (code: string): Finding => ({ state: 'too-noisy', why: { code, args: { lab: result.lab } }, numbers });
  if (claimsDifference(self)) return noisy('baseline-differs');
  if (Math.log(self.high / self.low) / 2 > wayToThreshold(seen.ratio, band) / 2) return noisy('noise-too-wide');
  if (seen.low > band.above && seen.high < band.below) return { state: 'held', numbers };
  if (seen.high <= band.above || seen.low >= band.below) return { state: 'not-held', numbers };
  return noisy('straddles');
}

/** Rounds that verdicts ask for: with 99 % intervals, nine. */
const NEEDED = 9;

/** Log distance from a ratio to the nearest end of the band. */
function wayToThreshold(ratio: number, { above, below }: Band): number {
  return Math.min(...[above, below].filter((end) => end > 0).map((end) => Math.abs(Math.log(ratio / end))));
}
