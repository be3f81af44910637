/** What a timed comparison says, in one sentence with the right verb and its interval. */
import { type Comparison, claimsDifference, type Estimate, type Measure } from '../statistics.ts';
import { type MeasureWords, measureWords } from './quantities.ts';
import { formatPercent, formatTimes, percentNumber, TWICE, timesNumber } from './units.ts';

/**
 * `less` and `more` only where the interval leaves out 1; `none`: no difference could be seen; `unknown`: nothing can
 * be said.
 */
export type Verb = 'less' | 'more' | 'none' | 'unknown';

/** A sentence and the parts it is built from, for places that lay them out themselves. */
export interface Conclusion {
  readonly verb: Verb;
  /** `42 % less`, `2.3 times as much`, `no difference could be seen`, `too few rounds`. */
  readonly amount: string;
  /** `between 39 and 45 % less`; null when there is no interval. */
  readonly interval: string | null;
  readonly text: string;
}

/** Who is compared with whom, by title. `where` is a phrase such as `over loopback TCP`, or empty. */
export interface Compared {
  readonly variant: string;
  readonly baseline: string;
  readonly measure: Measure;
  readonly where: string;
  /** Of a measure that the lab brings; the usual ones have their own. */
  readonly words?: MeasureWords;
}

/** Says a comparison: `sendfile spent 42 % less CPU than read + write, … (between 39 and 45 % less).` */
export function conclude(comparison: Comparison, compared: Compared): Conclusion {
  if (comparison.state === 'estimate') return concludeEstimate(comparison, compared);
  const { variant, baseline, where } = compared;
  const place = where && ` ${where}`;
  if (comparison.state === 'no-baseline') {
    const text = `${variant} cannot be compared${place}: ${baseline} did not run twice a round there.`;
    return { verb: 'unknown', amount: 'nothing to compare with', interval: null, text };
  }
  const text = `Too few rounds to compare ${variant} with ${baseline}${place}: ${comparison.rounds}, and ${comparison.needed} are needed.`;
  return { verb: 'unknown', amount: 'too few rounds', interval: null, text };
}

function concludeEstimate(estimate: Estimate, compared: Compared): Conclusion {
  const { variant, baseline, measure, where, words = measureWords(measure) } = compared;
  const { did, thing, scope, less } = words;
  const interval = intervalText(estimate, less);
  const place = [scope, where].filter((part) => part !== '').join(', ');
  const tail = place && `, ${place}`;
  if (!claimsDifference(estimate)) {
    const text = `No difference could be seen in the ${thing} that ${variant} and ${baseline} ${did}${tail}: ${variant} ${did} ${interval}.`;
    return { verb: 'none', amount: 'no difference could be seen', interval, text };
  }
  const verb = estimate.ratio < 1 ? 'less' : 'more';
  const amount = changeText(estimate.ratio, less);
  const than =
    estimate.ratio < TWICE
      ? `${amount} ${thing} than ${baseline}`
      : `${formatTimes(estimate.ratio)} the ${thing} of ${baseline}`;
  return { verb, amount, interval, text: `${variant} ${did} ${than}${tail} (${interval}).` };
}

/** The shortest form, to stand beside a headline: `sender's CPU 55 % less (53 to 57)`. */
export function concludeBriefly(comparison: Comparison, measure: Measure): string {
  const { short } = measureWords(measure);
  if (comparison.state !== 'estimate') return `${short} not known`;
  const { ratio, low, high } = comparison;
  if (!claimsDifference(comparison)) return `${short} no different (${intervalText(comparison)})`;
  const [near, far] = nearAndFar(comparison);
  const ends = kindOf(low) === kindOf(high) ? `${endNumber(near)} to ${endNumber(far)}` : intervalText(comparison);
  return `${short} ${changeText(ratio)} (${ends})`;
}

/** `42 % less`, `7 % more`, `2.3 times as much`. */
export function changeText(ratio: number, less: MeasureWords['less'] = 'less'): string {
  if (ratio >= TWICE) return `${formatTimes(ratio)} as ${less === 'fewer' ? 'many' : 'much'}`;
  return `${formatPercent(ratio - 1)} ${ratio < 1 ? less : 'more'}`;
}

/** `between 39 and 45 % less`, the end nearer to no difference first; `between 3 % less and 4 % more`. */
export function intervalText(
  { low, high }: Pick<Estimate, 'low' | 'high'>,
  less: MeasureWords['less'] = 'less',
): string {
  const [near, far] = nearAndFar({ low, high });
  if (kindOf(near) !== kindOf(far)) return `between ${changeText(low, less)} and ${changeText(high, less)}`;
  if (endNumber(near) === endNumber(far)) return `${changeText(near, less)} at either end`;
  return `between ${endNumber(near)} and ${changeText(far, less)}`;
}

function nearAndFar({ low, high }: Pick<Estimate, 'low' | 'high'>): [number, number] {
  return high < 1 ? [high, low] : [low, high];
}

function kindOf(ratio: number): 'less' | 'more' | 'times' {
  if (ratio < 1) return 'less';
  return ratio < TWICE ? 'more' : 'times';
}

function endNumber(ratio: number): string {
  return ratio >= TWICE ? timesNumber(ratio) : percentNumber(ratio - 1);
}
