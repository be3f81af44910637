import type { CountResult } from '#model/result.ts';
import type { Entry, ReportOptions } from './options.ts';

/** Lines of a report. */
export function renderCalls(result: CountResult, _entry: Entry, _options: ReportOptions): string[] {
  return [result.question];
}
