/** From values to places. d3-scale does this too, with 9 kB that a page would have to load. */
import { ticks } from 'd3-array';

type Pair = readonly [number, number];

export interface Scale {
  (value: number): number;
  readonly domain: Pair;
}

/** Equal steps, equally far apart. */
export function linearScale(domain: Pair, range: Pair): Scale {
  const width = domain[1] - domain[0];
  const of = (value: number) => between(range, width === 0 ? 0.5 : (value - domain[0]) / width);
  return Object.assign(of, { domain });
}

/** Equal factors, equally far apart; values outside stand at the edge. The domain is positive. */
export function logScale(domain: Pair, range: Pair): Scale {
  const [low, high] = [Math.log(domain[0]), Math.log(domain[1])];
  const share = (value: number) => Math.min(1, Math.max(0, (Math.log(value) - low) / (high - low)));
  return Object.assign((value: number) => between(range, value > 0 ? share(value) : 0), { domain });
}

/** About `count` round values within a scale's domain. */
export function ticksOf({ domain: [low, high] }: Scale, count: number): number[] {
  return ticks(low, high, count);
}

function between([from, to]: Pair, share: number): number {
  return from + (to - from) * share;
}

/** A label at an edge would stand half outside. */
export function anchorAt(at: number): 'start' | 'middle' | 'end' {
  return at < 8 ? 'start' : at > 92 ? 'end' : 'middle';
}
