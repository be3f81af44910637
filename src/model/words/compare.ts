/** The English of two results beside each other. */
import type { AnswerDifferences, Compared, Difference, Span } from '../compare/index.ts';
import type { LabResult } from '../result.ts';
import type { Measure } from '../statistics/measure.ts';
import { type AnswerEntry, titleOf } from './answers/answer.ts';
import { formatFactors } from './factors.ts';
import { formatQuantity, measureWords } from './quantities.ts';

/** The conclusion: one sentence. */
export function comparedText({ compared, onlyA, onlyB }: AnswerDifferences): string {
  const differing = compared.filter(({ verdict }) => verdict === 'differs').length;
  const unknown = compared.filter(({ verdict }) => verdict === 'unknown').length;
  const missing = onlyA.length + onlyB.length;
  const rest = [
    ...(unknown > 0 ? [`${unknown} could not be compared: too few rounds`] : []),
    ...(missing > 0 ? [`${missing} ${missing === 1 ? 'is' : 'are'} in one of them only`] : []),
  ];
  const tail = rest.length > 0 ? `; ${rest.join('; ')}` : '';
  if (compared.length === 0) return `The two have no answer in common${tail}.`;
  if (differing === 0) return `No answer of ${compared.length} differs by more than the noise of either${tail}.`;
  return `${differing} of ${compared.length} answers ${differing === 1 ? 'differs' : 'differ'} by more than the noise of either${tail}.`;
}

/** `reference-vm, 2026-11-21 10:00 UTC`. */
export function runName({ environment, startedAt }: LabResult): string {
  return `${environment.machine}, ${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
}

/** `kernel.release: 6.1 and 6.18`. */
export function differenceText({ what, a, b }: Difference): string {
  return `${what}: ${a} and ${b}`;
}

/**
 * What is compared: `sendfile, loopback TCP`; of what was counted with its name first, `calls: sendfile, loopback TCP`.
 *
 * @param only factors worth naming
 */
export function comparedName(
  { variant, factors, measure, as }: Compared,
  entry: AnswerEntry,
  only: readonly string[],
): string {
  const place = formatFactors(factors, only, entry.factors);
  const path = [titleOf(entry, variant), place].filter(Boolean).join(', ');
  return as === 'ratio' ? path : `${measureTitle(measure, entry)}: ${path}`;
}

export function measureTitle(measure: string, { quantities }: AnswerEntry): string {
  if (measure === 'copied') return 'copies of each byte';
  if (measure === 'shared') return 'overwritten bytes that arrived';
  return measureWords(measure as Measure, quantities).title;
}

/** `0.58 (0.55–0.61)`; of what was counted its value, or its range. */
export function spanText({ as, measure }: Pick<Compared, 'as' | 'measure'>, span: Span, entry: AnswerEntry): string {
  if (!span) return '–';
  const { value, low, high } = span;
  if (as === 'ratio') return `${value.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
  const unit = measure === 'shared' ? 'share' : measureWords(measure as Measure, entry.quantities).unit;
  const [least, most] = [formatQuantity(low, unit), formatQuantity(high, unit)];
  return least === most ? formatQuantity(value, unit) : `${least} to ${most}`;
}

/** `differs`, `same`, `within the noise`, `not known`. */
export function verdictWord({ verdict, as, a, b }: Compared): string {
  if (verdict !== 'same') return verdict === 'unknown' ? 'not known' : verdict;
  if (as === 'ratio') return 'within the noise';
  return a?.low === b?.low && a?.high === b?.high ? 'same' : 'ranges meet';
}
