/** The report of a lab that counts: bytes the CPU copied in the kernel, or the calls that were made. */
import type { CountResult } from '#model/result.ts';
import { renderCalls } from './calls.ts';
import { renderCopies } from './copies.ts';
import type { Entry, ReportOptions } from './options.ts';
import { renderTls } from './tls.ts';

/** Lines of a count's report. */
export function renderCount(result: CountResult, entry: Entry, options: ReportOptions): string[] {
  const samples = result.series.flatMap((series) => series.samples);
  const tried = [...result.series, ...result.cannotRun].some(({ factors }) => String(factors.link).includes('tls'));
  if (tried && samples.some(({ encryptedBytes }) => encryptedBytes !== undefined))
    return renderTls(result, entry, options);
  const copies = samples.some(({ copiedBytes }) => copiedBytes !== undefined);
  return copies ? renderCopies(result, entry, options) : renderCalls(result, entry, options);
}
