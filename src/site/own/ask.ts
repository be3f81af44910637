/**
 * What a place of a page asks of the reader's own result. Astro writes it into the place as data; when there is a result,
 * a part of this folder answers it with the functions that made the reference's words and drawings.
 */
import type { Answer } from '#model/catalogue.ts';
import type { Untested } from '#model/claims/claim.ts';
import type { Factors } from '#model/result.ts';
import type { ClockMeasure } from '#model/statistics.ts';
import type { Asked } from '../figures/numbers.ts';

/** `reference`: address of the result beside which the reader's own stands. */
type OfLab =
  | { readonly show: 'headline' }
  | { readonly show: 'counts' }
  | { readonly show: 'costs' }
  | { readonly show: 'proof'; readonly only?: readonly string[] }
  | { readonly show: 'machine'; readonly reference: string }
  | {
      readonly show: 'chart';
      readonly reference: string;
      readonly measure: ClockMeasure;
      readonly links?: readonly string[];
      readonly only?: readonly string[];
    }
  | { readonly show: 'answer'; readonly reference: string; readonly answer?: Answer; readonly where?: Factors }
  | { readonly show: 'said'; readonly answer?: Answer; readonly where?: Factors }
  | ({ readonly show: 'number' } & Asked)
  | {
      readonly show: 'conclusion';
      readonly variant: string;
      readonly factors: Factors;
      readonly measure: ClockMeasure;
    };

export type LabAsk = OfLab & { readonly lab: string };
/** A claim with what its verdict rests on: the page knows no claim but its own. `whole`: also what each lab was asked. */
export interface ClaimAsk {
  readonly show: 'verdict';
  readonly claim: string;
  readonly tests: readonly TestAsk[];
  readonly untested: readonly Untested[];
  readonly whole?: boolean;
}
export interface TestAsk {
  readonly lab: string;
  /** `file.name` of the predicate, see judges.ts. */
  readonly judge: string;
  /** Where it is shown. */
  readonly asks?: string;
}
export type Ask = LabAsk | ClaimAsk;

/** Asks that stand in the middle of a sentence. */
export const inline: ReadonlySet<Ask['show']> = new Set(['said', 'number', 'conclusion']);
