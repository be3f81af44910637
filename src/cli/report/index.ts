/** A result as text for a terminal: the conclusion first, in plain words. */
import type { LabResult } from '#model/result.ts';
import { renderAnswer } from './answer.ts';
import { renderCount } from './count.ts';
import type { Entry, ReportOptions } from './options.ts';
import { renderProof } from './proof.ts';
import { renderTime } from './time.ts';

export type { Entry, ReportOptions };

/** Renders a result, at most 25 lines unless `verbose` is set. No newline at the end. */
export function renderReport(result: LabResult, entry: Entry, options: ReportOptions): string {
  return linesOf(result, entry, options).join('\n');
}

function linesOf(result: LabResult, entry: Entry, options: ReportOptions): string[] {
  const answered = entry.answer && renderAnswer(result, entry, entry.answer, options);
  if (answered) return answered;
  if (result.kind === 'time') return renderTime(result, entry, options);
  if (result.kind === 'proof') return renderProof(result, entry, options);
  return renderCount(result, entry, options);
}
