/** Where a result is noisiest, and what in its samples speaks for why. */
import type { Factors, LabResult, TimeResult } from '../result.ts';
import { type Noise, noise } from './compare.ts';
import { estimateRatio } from './estimate.ts';
import type { LeadingMeasure } from './leading.ts';
import { stolenShare } from './others.ts';
import { quartiles } from './quartiles.ts';
import { repeatRatios } from './ratios.ts';
import { baselinePair, factorGroups } from './series.ts';

/** Noise above this share hides what most labs are after. */
export const WIDE_NOISE = 0.15;
/** Shorter samples are mostly starting and stopping. ns */
const SHORT_NS = 5e6;
const STOLEN = 0.02;
/** Rounds with which an interval is wide whatever it is of. */
const FEW_ROUNDS = 11;
/** Part of the rounds that may stand out. */
const LONE = 0.25;

/** What speaks for why; `spread` where nothing else does. */
export type NoiseCause =
  | { readonly code: 'short'; readonly wallNs: number }
  | { readonly code: 'stolen'; readonly share: number }
  | { readonly code: 'few-rounds'; readonly rounds: number }
  /** Without `rounds` of all of them it would be `halfWidth`. */
  | { readonly code: 'lone-rounds'; readonly rounds: number; readonly of: number; readonly halfWidth: number }
  /** The middle one of the rounds' differences, as a share. */
  | { readonly code: 'spread'; readonly typical: number };

export interface Noisiest {
  readonly factors: Factors;
  /** At 95 %, and at 99 % where there are rounds enough. */
  readonly noise: Noise;
  readonly wider: Noise | null;
  /** The causes of noise that is wide; none of other. */
  readonly causes: readonly NoiseCause[];
}

/** The group of a result whose baseline lay furthest from itself; null where nothing is timed, or rounds are too few. */
export function noisiestGroup(result: LabResult, { measure, per }: LeadingMeasure): Noisiest | null {
  if (result.kind !== 'time') return null;
  const groups = factorGroups(result).flatMap((factors) => {
    const own = noise(result, factors, measure, 0.95, per);
    return own.state === 'estimate' ? [{ factors, own }] : [];
  });
  const [first] = groups.toSorted((a, b) => b.own.halfWidth - a.own.halfWidth);
  if (!first) return null;
  const { factors, own } = first;
  const wider = noise(result, factors, measure, 0.99, per);
  const causes = own.halfWidth > WIDE_NOISE ? causesOf(result, factors, own, { measure, per }) : [];
  return { factors, noise: own, wider: wider.state === 'estimate' ? wider : null, causes };
}

function causesOf(result: TimeResult, factors: Factors, own: Noise, { measure, per }: LeadingMeasure): NoiseCause[] {
  const pair = baselinePair(result, factors);
  if (!pair) return [];
  const both = [pair.baseline, pair.repeat];
  const logs = repeatRatios(pair.baseline, pair.repeat, measure, per);
  const wallNs = quartiles(both.flatMap(({ samples }) => samples.map((sample) => sample.wallNs))).median;
  const share = stolenShare(both);
  const found: NoiseCause[] = [
    ...(wallNs < SHORT_NS ? [{ code: 'short', wallNs } as const] : []),
    ...(share > STOLEN ? [{ code: 'stolen', share } as const] : []),
    ...(logs.length <= FEW_ROUNDS ? [{ code: 'few-rounds', rounds: logs.length } as const] : []),
    ...loneRounds(logs, own.halfWidth),
  ];
  const typical = quartiles(logs.map((log) => Math.expm1(Math.abs(log)))).median;
  return found.length > 0 ? found : [{ code: 'spread', typical }];
}

/** A few rounds that make the noise: without them it would be less than half as wide. */
function loneRounds(logs: readonly number[], halfWidth: number): NoiseCause[] {
  const { median } = quartiles(logs);
  const rounds = Math.floor(logs.length * LONE);
  const rest = logs.toSorted((a, b) => Math.abs(a - median) - Math.abs(b - median)).slice(0, logs.length - rounds);
  const without = estimateRatio(rest, 0.95);
  if (without.state !== 'estimate') return [];
  const left = Math.expm1(Math.log(without.high / without.low) / 2);
  return left < halfWidth / 2 ? [{ code: 'lone-rounds', rounds, of: logs.length, halfWidth: left }] : [];
}
