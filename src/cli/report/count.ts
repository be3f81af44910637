/** The report of a lab that counts: bytes the CPU copied in the kernel, or the calls that were made. */
import type { CountResult } from '#model/result.ts';
import { renderCalls } from './calls.ts';
import { renderCopies } from './copies.ts';
import type { Entry, ReportOptions } from './options.ts';

/** Lines of a count's report. */
export function renderCount(result: CountResult, entry: Entry, options: ReportOptions): string[] {
  const copies = result.series.some(({ samples }) => samples.some(({ copiedBytes }) => copiedBytes !== undefined));
  return copies ? renderCopies(result, entry, options) : renderCalls(result, entry, options);
}
