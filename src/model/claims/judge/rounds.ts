/**
 * Judging by one number a round, with its exact 99 % interval: for what a lab adds to its samples, which may be 0 or less, so
 * that there is no ratio. What the baseline differs from itself by, round by round, is the health check.
 */
import type { TimeSample } from '../../result.ts';
import { ROUNDS_NEEDED } from '../../statistics/ratios.ts';
import { type Centre, signedRankCentre } from '../../statistics/signed-rank.ts';
import type { Finding, Shown } from '../claim.ts';
import { notRun } from './look-up.ts';

export interface Rounds {
  readonly lab: string;
  /** The number by round. */
  readonly values: readonly number[];
  /** By how much the baseline differed from itself, in the same unit. */
  readonly self: readonly number[];
  /** The claim holds where the number is surely between these. */
  readonly band: { readonly above: number; readonly below: number };
  readonly numbers: (centre: Centre) => readonly Shown[];
}

/** Decides by the centre of the numbers. */
export function judgeRounds({ lab, values, self, band, numbers }: Rounds): Finding {
  const [seen, own] = [signedRankCentre(values, 0.99), signedRankCentre(self, 0.99)];
  const rounds = Math.min(values.length, self.length);
  if (!seen || !own || rounds < ROUNDS_NEEDED) return notRun('too-few-rounds', { rounds, needed: ROUNDS_NEEDED, lab });
  const shown = numbers(seen);
  const noisy = (code: string): Finding => ({ state: 'too-noisy', why: { code, args: { lab } }, numbers: shown });
  if (own.low > 0 || own.high < 0) return noisy('baseline-differs');
  const way = Math.min(...[band.above, band.below].filter(Number.isFinite).map((end) => Math.abs(seen.estimate - end)));
  if ((own.high - own.low) / 2 > way / 2) return noisy('noise-too-wide');
  if (seen.low > band.above && seen.high < band.below) return { state: 'held', numbers: shown };
  if (seen.high <= band.above || seen.low >= band.below) return { state: 'not-held', numbers: shown };
  return noisy('straddles');
}

/** A number that the lab added to a sample; not a number where it did not. */
export function added(sample: TimeSample | undefined, name: string): number {
  return sample?.extra?.[name] ?? Number.NaN;
}
