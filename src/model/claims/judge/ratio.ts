/**
 * Timed claims: ratios per round with their exact 99 % interval. The baseline against itself is the health check: where it
 * differs, or is wider than half the way to the threshold, nothing is decided.
 */
import type { Factors, TimeResult, TimeSeries } from '../../result.ts';
import { noise } from '../../statistics/compare.ts';
import { claimsDifference, estimateRatio } from '../../statistics/estimate.ts';
import type { Measure, Per } from '../../statistics/measure.ts';
import { logRatios, ROUNDS_NEEDED } from '../../statistics/ratios.ts';
import { baselinePair } from '../../statistics/series.ts';
import type { Finding, Quantity, Shown } from '../claim.ts';
import { notRun } from './look-up.ts';

/** Ratios for which a statement is true. `above` 0 and `below` 1: less. */
export interface Band {
  readonly above: number;
  readonly below: number;
}

export const LESS: Band = { above: 0, below: 1 };
export const MORE: Band = { above: 1, below: Number.POSITIVE_INFINITY };

/** One comparison. */
export interface Ratio {
  readonly series: TimeSeries;
  /** What it is held against; without: the two runs of the baseline with the same factors. */
  readonly than?: TimeSeries;
  readonly measure: Measure;
  readonly per?: Per;
  readonly band: Band;
  readonly what: Quantity;
}

/** Decides one comparison. */
export function judgeRatio(result: TimeResult, { series, than, measure, per, band, what }: Ratio): Finding {
  const { variant, factors } = series;
  if (measure === 'wallNs' && result.environment.cpu.usable.length < 2) return notRun('one-cpu');
  const pair = baselinePair(result, factors);
  const self = noise(result, factors, measure, 0.99, per);
  if (!pair || self.state === 'no-baseline') {
    return notRun('series-missing', { lab: result.lab, variant: result.baseline, ...factors });
  }
  const [one, other] = than ? [than, than] : [pair.baseline, pair.repeat];
  const seen = estimateRatio(logRatios(series, one, other, measure, per), 0.99);
  for (const { state, rounds } of [seen, self]) {
    if (state !== 'estimate' || rounds < ROUNDS_NEEDED)
      return notRun('too-few-rounds', { rounds, needed: ROUNDS_NEEDED, lab: result.lab });
  }
  if (seen.state !== 'estimate' || self.state !== 'estimate') return notRun('not-counted');
  const against = than?.variant ?? result.baseline;
  const where = than ? differing(factors, than.factors) : {};
  const numbers: Shown[] = [
    { what, variant, factors, value: seen.ratio, low: seen.low, high: seen.high, than: { variant: against, ...where } },
  ];
  const noisy = (code: string): Finding => ({ state: 'too-noisy', why: { code, args: { lab: result.lab } }, numbers });
  if (claimsDifference(self)) return noisy('baseline-differs');
  if (Math.log(self.high / self.low) / 2 > wayToThreshold(seen.ratio, band) / 2) return noisy('noise-too-wide');
  if (seen.low > band.above && seen.high < band.below) return { state: 'held', numbers };
  if (seen.high <= band.above || seen.low >= band.below) return { state: 'not-held', numbers };
  return noisy('straddles');
}

/** Comparisons that must all hold: what was not run decides first, then what did not hold, then what is too noisy. */
export function every(findings: readonly Finding[]): Finding {
  const [undecided] = findings.filter((one) => !('numbers' in one));
  if (undecided) return undecided;
  const decided = findings.filter((one) => 'numbers' in one);
  const numbers = decided.flatMap((one) => one.numbers);
  const [first] = (['not-held', 'too-noisy', 'held'] as const).flatMap((state) =>
    decided.filter((one) => one.state === state),
  );
  if (!first) return notRun('not-counted');
  return { ...first, numbers };
}

/** Log distance from a ratio to the nearest end of the band. */
function wayToThreshold(ratio: number, { above, below }: Band): number {
  const ends = [above, below].filter((end) => end > 0 && Number.isFinite(end));
  return Math.min(...ends.map((end) => Math.abs(Math.log(ratio / end))));
}

/** The factors in which the other side differs. */
function differing(factors: Factors, others: Factors): { readonly factors?: Factors } {
  const names = Object.keys(others).filter((name) => others[name] !== factors[name]);
  return names.length === 0 ? {} : { factors: Object.fromEntries(names.map((name) => [name, others[name] ?? ''])) };
}
