import type { Answer } from '../catalogue.ts';
import type { LabResult } from '../result.ts';
import { noise } from './compare.ts';
import type { Measure, Per } from './measure.ts';
import { factorGroups } from './series.ts';

/** What a lab's answer is measured by. */
export interface LeadingMeasure {
  readonly measure: Measure;
  readonly per: Per;
}

/**
 * What noise is to be looked for in: the measure of the answer, the median of a distribution, the first time among facts.
 *
 * @param answer as the catalogue has it; without one, total CPU
 */
export function leadingMeasure(answer: Answer | undefined): LeadingMeasure {
  if (!answer) return { measure: 'totalCpuNs', per: 'sample' };
  if (answer.shape === 'distribution') return { measure: 'latency.p50', per: 'sample' };
  if (answer.shape !== 'facts') return { measure: answer.measure as Measure, per: answer.per };
  const time = answer.columns.find((column) => column.endsWith('Ns')) ?? 'totalCpuNs';
  return { measure: time as Measure, per: 'sample' };
}

/** The widest noise of a result's groups, half an interval as a share; null where nothing is timed, or rounds are too few. */
export function widestNoise(result: LabResult, { measure, per }: LeadingMeasure): number | null {
  if (result.kind !== 'time') return null;
  const widths = factorGroups(result).flatMap((factors) => {
    const own = noise(result, factors, measure, 0.95, per);
    return own.state === 'estimate' ? [own.halfWidth] : [];
  });
  return widths.length === 0 ? null : Math.max(...widths);
}
