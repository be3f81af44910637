import type { Factors } from '#model/result.ts';
import { randomFrom, shuffled } from './random.ts';

/** One kind of sample: a variant under one set of factors. The baseline stands in it twice, as baseline and as repeat. */
export interface Cell {
  readonly variant: string;
  readonly role: 'baseline' | 'repeat' | 'variant';
  readonly factors: Factors;
}

/** One sample to take. */
export interface Turn {
  readonly cell: Cell;
  readonly round: number;
  readonly order: number;
}

/** Every variant under every set of factors, the baseline twice. */
export function cellsOf(variants: readonly string[], baseline: string, factorSets: readonly Factors[]): Cell[] {
  return factorSets.flatMap((factors) =>
    variants.flatMap((variant): Cell[] =>
      variant === baseline
        ? [
            { variant, role: 'baseline', factors },
            { variant, role: 'repeat', factors },
          ]
        : [{ variant, role: 'variant', factors }],
    ),
  );
}

/**
 * Every cell once a round, in an order that is drawn anew for each round: what drifts over minutes (heat, neighbours,
 * memory) then falls on all variants alike.
 */
export function schedule(cells: readonly Cell[], rounds: number, seed: number): Turn[] {
  const random = randomFrom(seed);
  const turns: Turn[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const cell of shuffled(cells, random)) turns.push({ cell, round, order: turns.length });
  }
  return turns;
}
