import type { Factors, LabResult } from '../../result.ts';
import { sameFactors } from '../../statistics/series.ts';
import type { Finding, Predicate } from '../claim.ts';

/** A result of one kind, and its series. */
export type ResultOf<Kind extends LabResult['kind']> = Extract<LabResult, { kind: Kind }>;
export type SeriesOf<Kind extends LabResult['kind']> = ResultOf<Kind>['series'][number];

/** A series that a predicate rests on. */
export interface Wanted {
  readonly variant: string;
  readonly factors: Factors;
}

/**
 * A predicate over results of one kind that needs these series: it is asked only when all of them are there. Otherwise the
 * finding is *cannot run here* when the lab said so of the missing one, else *not run*.
 *
 * @param wanted the series by a name for `judge`; given the result, for labs whose factors depend on the machine
 */
export function judging<Kind extends LabResult['kind'], Name extends string>(
  kind: Kind,
  wanted: (result: ResultOf<Kind>) => Readonly<Record<Name, Wanted>>,
  judge: (series: Readonly<Record<Name, SeriesOf<Kind>>>, result: ResultOf<Kind>) => Finding,
): Predicate {
  return (result) => {
    if (result.kind !== kind) return notRun('other-kind', { kind: result.kind, expected: kind });
    const own = result as unknown as ResultOf<Kind>;
    const found: Record<string, LabResult['series'][number]> = {};
    for (const [name, one] of Object.entries(wanted(own)) as [Name, Wanted][]) {
      const series = (result.series as readonly LabResult['series'][number][]).find((each) => isWanted(each, one));
      if (!series) return missing(result, one);
      found[name] = series;
    }
    return judge(found as Readonly<Record<Name, SeriesOf<Kind>>>, own);
  };
}

/** A finding without a verdict. */
export function notRun(code: string, args: Readonly<Record<string, string | number>> = {}): Finding {
  return { state: 'not-run', why: { code, args } };
}

function isWanted(series: LabResult['series'][number], { variant, factors }: Wanted): boolean {
  return series.variant === variant && series.role !== 'repeat' && sameFactors(series.factors, factors);
}

function missing(result: LabResult, { variant, factors }: Wanted): Finding {
  const lacks = result.cannotRun.find((one) => one.variant === variant && sameFactors(one.factors, factors));
  if (lacks) return { state: 'cannot-run', why: { code: lacks.why, args: lacks.args } };
  return notRun('series-missing', { lab: result.lab, variant, ...factors });
}
