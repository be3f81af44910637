/** Which comparison a time result is remembered by, and what it says. The report and the site lead with it. */
import type { TimeResult, TimeSeries } from '../result.ts';
import { type ClockMeasure, type Confidence, compare, factorGroups, varyingFactors } from '../statistics.ts';
import { capital } from './capital.ts';
import { type Conclusion, conclude, concludeBriefly } from './conclusion.ts';
import { formatFactors } from './factors.ts';

export interface Headline {
  /** The series it speaks of; null when only the baseline ran. */
  readonly series: TimeSeries | null;
  readonly main: Conclusion;
  /** The sender's CPU and the wall time beside it, in one sentence; null when there is nothing to add. */
  readonly beside: string | null;
}

/** Says what a time result found. @param titles variant name → title */
export function headline(
  result: TimeResult,
  titles: Readonly<Record<string, string>>,
  confidence: Confidence = 0.95,
): Headline {
  const baseline = titles[result.baseline] ?? result.baseline;
  const series = headlineSeries(result);
  if (!series) {
    const text = `Nothing to compare: only ${baseline} ran.`;
    return {
      series: null,
      main: { verb: 'unknown', amount: 'nothing to compare', interval: null, text },
      beside: null,
    };
  }
  const place = placeOf(result, series);
  const where = place && `${series.factors.link === undefined ? 'with' : 'over'} ${place}`;
  const of = (measure: ClockMeasure) => compare(result, series, measure, confidence);
  const variant = titles[series.variant] ?? series.variant;
  const main = conclude(of('totalCpuNs'), { variant, baseline, measure: 'totalCpuNs', where });
  if (main.interval === null) return { series, main, beside: null };
  const beside = besideMeasures(result).map((measure) => concludeBriefly(of(measure), measure));
  return { series, main, beside: `${place ? capital(place) : 'Beside it'}: ${beside.join(', ')}.` };
}

/** sendfile over TCP where there is one, in chunks of 64 KiB; otherwise the first series that comes nearest to that. */
export function headlineSeries(result: TimeResult): TimeSeries | null {
  const nearness = ({ variant, factors }: TimeSeries) =>
    4 * Number(variant === 'sendfile') + 2 * Number(factors.link === 'tcp') + Number(factors.chunk === 64 * 1024);
  const [first] = result.series.filter(({ role }) => role === 'variant').sort((a, b) => nearness(b) - nearness(a));
  return first ?? null;
}

/** Whether sender and receiver had a CPU each; without, wall times say nothing about the paths. */
export function wallCompares(result: TimeResult): boolean {
  return result.environment.cpu.usable.length > 1 && !result.warnings.some(({ code }) => code === 'one-cpu');
}

function besideMeasures(result: TimeResult): ClockMeasure[] {
  return wallCompares(result) ? ['senderCpuNs', 'wallNs'] : ['senderCpuNs'];
}

/** The link is always said, the rest only where the result has several of it. */
function placeOf(result: TimeResult, { factors }: TimeSeries): string {
  return formatFactors(factors, ['link', ...varyingFactors(factorGroups(result))]);
}
