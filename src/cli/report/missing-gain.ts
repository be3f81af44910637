/** Under a run whose expected gain is missing or reversed: the first reason. */
import { explain } from '#model/explain/index.ts';
import type { LabResult } from '#model/result.ts';
import { firstReasonText } from '#model/words/explain.ts';
import { headlineSeries } from '#model/words/headline.ts';
import type { Note } from './notes.ts';
import type { Entry } from './options.ts';

/** One note about the path that the conclusion speaks of, on whichever link its gain is missing; else none. */
export function missingGainNote(result: LabResult, entry: Entry): Note[] {
  if (result.kind !== 'time') return [];
  const variant = headlineSeries(result)?.variant;
  const text = firstReasonText(
    explain(result).filter(({ situation }) => situation.series.variant === variant),
    entry,
  );
  return text === null ? [] : [{ code: 'missing-gain', text, remedy: `All reasons: ./zc explain ${result.lab}` }];
}
