/** A comparison chart: every path against the baseline of its group, as positions in percent of the plot's width. */
import type { Factors, TimeResult } from '#model/result.ts';
import {
  compare,
  type Estimate,
  factorGroups,
  type Measure,
  noise,
  type Per,
  sameFactors,
  varyingFactors,
} from '#model/statistics.ts';
import { conclude, type FactorWords, formatFactors, formatSpread, type Verb } from '#model/words/index.ts';
import { insideNoise } from './inside-noise.ts';
import { linearScale, ticksOf } from './scale.ts';

export interface ChartRow {
  readonly variant: string;
  readonly title: string;
  /** `none` also for a difference that is smaller than the noise: its dot is drawn open. */
  readonly verb: Verb;
  /** Stands beside the dot: `58 % less`. */
  readonly amount: string;
  readonly interval: string | null;
  /** Null when nothing can be drawn: too few rounds. */
  readonly at: { readonly dot: number; readonly low: number; readonly high: number } | null;
}

export interface ChartGroup {
  /** What sets it apart from the other groups: `loopback TCP`. Empty when there is one group. */
  readonly title: string;
  readonly rows: readonly ChartRow[];
  /** The baseline against itself; null with too few rounds. */
  readonly noise: { readonly from: number; readonly to: number; readonly words: string } | null;
}

export interface Chart {
  readonly groups: readonly ChartGroup[];
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** Where the baseline stands. */
  readonly one: number;
  /** The ratio at the end of the axis. */
  readonly upTo: number;
}

/** Links and paths to draw; all by default. */
export interface Shown {
  readonly per?: Per;
  /** What the lab calls its own factors. */
  readonly words?: FactorWords | undefined;
  readonly links?: readonly string[] | undefined;
  readonly only?: readonly string[] | undefined;
  /** The axis goes at least this far, so that two charts can be held against each other. */
  readonly upTo?: number | undefined;
}

/** @param titles variant name → title */
export function drawChart(
  result: TimeResult,
  measure: Measure,
  titles: Readonly<Record<string, string>>,
  { links, only, per = 'sample', words, upTo = 1.15 }: Shown = {},
): Chart {
  const groups = factorGroups(result).filter(({ link }) => !links || links.includes(String(link)));
  const compared = groups.map((factors) => ({
    factors,
    paths: compareGroup(result, factors, measure, per).filter(({ variant }) => !only || only.includes(variant)),
  }));
  const widest = Math.max(
    1.15,
    upTo,
    ...compared.flatMap(({ paths }) => paths.map(({ estimate }) => estimate?.high ?? 1)),
  );
  const scale = linearScale([0, widest], [0, 100]);
  const place = (ratio: number) => Math.round(scale(ratio) * 100) / 100;
  const varying = varyingFactors(factorGroups(result));
  const baseline = titles[result.baseline] ?? result.baseline;

  return {
    one: place(1),
    upTo: widest,
    ticks: ticksOf(scale, widest > 4 ? 5 : 3).map((ratio) => ({ at: place(ratio), label: String(ratio) })),
    groups: compared.map(({ factors, paths }) => ({
      title: formatFactors(factors, varying.length > 0 ? varying : ['link'], words),
      noise: noiseBand(noise(result, factors, measure, 0.95, per), place),
      rows: paths.map(({ variant, estimate, comparison, inside }): ChartRow => {
        const title = titles[variant] ?? variant;
        const { verb, amount, interval } = conclude(comparison, { variant: title, baseline, measure, where: '' });
        const at = estimate && { dot: place(estimate.ratio), low: place(estimate.low), high: place(estimate.high) };
        const said = verb === 'none' ? 'no difference seen' : inside ? `${amount}, inside the noise` : amount;
        return { variant, title, verb: inside ? 'none' : verb, amount: said, interval, at };
      }),
    })),
  };
}

function compareGroup(result: TimeResult, factors: Factors, measure: Measure, per: Per) {
  const series = result.series.filter((one) => one.role === 'variant' && sameFactors(one.factors, factors));
  return series.map((one) => {
    const comparison = compare(result, one, measure, 0.95, per);
    const estimate: Estimate | null = comparison.state === 'estimate' ? comparison : null;
    return { variant: one.variant, comparison, estimate, inside: insideNoise(result, one, measure, per) !== null };
  });
}

function noiseBand(own: ReturnType<typeof noise>, place: (ratio: number) => number) {
  if (own.state !== 'estimate') return null;
  const spread = 1 + own.halfWidth;
  return { from: place(1 / spread), to: place(spread), words: formatSpread(own.halfWidth) };
}
