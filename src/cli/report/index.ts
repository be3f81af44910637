/** A result as text for a terminal: the conclusion first, in plain words. */
import type { LabResult } from '#model/result.ts';
import type { Entry, ReportOptions } from './options.ts';
import { renderProof } from './proof.ts';
import { renderTime } from './time.ts';

export type { Entry, ReportOptions };

/** Renders a result, at most 25 lines unless `verbose` is set. No newline at the end. */
export function renderReport(result: LabResult, entry: Entry, options: ReportOptions): string {
  const lines = result.kind === 'time' ? renderTime(result, entry, options) : renderProof(result, entry, options);
  return lines.join('\n');
}
