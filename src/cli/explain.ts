/** `./zc explain`: why a gain that was expected is not in a result. */
import { existsSync } from 'node:fs';
import { loadResult, storedResults } from '#machine/result-store.ts';
import { type Explained, explain } from '#model/explain/index.ts';
import type { LabResult, TimeResult } from '#model/result.ts';
import { missingText, reasonWords } from '#model/words/explain.ts';
import { UsageError } from './exit.ts';
import { labIds } from './places.ts';
import { readCatalogue } from './read-catalogue.ts';
import { renderExplained } from './report/explain.ts';
import { reportOptions } from './report-options.ts';
import { closest } from './suggest.ts';

export interface ExplainOptions {
  verbose?: boolean;
  json?: boolean;
}

/** Prints the ranked reasons for each missing gain. @param named a result file, or a lab whose newest result is meant */
export function explainResult(named: string, { verbose = false, json }: ExplainOptions): void {
  const result = timed(loadResult(resultFile(named)), named);
  const entry = readCatalogue().find(({ id }) => id === result.lab) ?? { variants: {} };
  const explained = explain(result);
  const text = json
    ? JSON.stringify(document(result, explained, entry), null, 1)
    : renderExplained(result, explained, entry, reportOptions(verbose)).join('\n');
  process.stdout.write(`${text}\n`);
}

/**
 * The file that is meant.
 *
 * @throws {UsageError} where a lab has no result yet, or nothing of that name is there
 */
export function resultFile(named: string): string {
  if (existsSync(named)) return named;
  if (labIds().includes(named)) {
    const newest = storedResults(named).at(-1);
    if (newest !== undefined) return newest;
    throw new UsageError(`Found no result of '${named}' yet: ./zc run ${named} --quick makes one`);
  }
  const near = closest(named, labIds());
  throw new UsageError(
    `Cannot find a result '${named}': expected a file such as labs/results/reference-vm/file-to-socket.json, or a lab${near ? `; did you mean '${near}'?` : ''}`,
  );
}

function timed(result: LabResult, named: string): TimeResult {
  if (result.kind === 'time') return result;
  throw new UsageError(
    `Cannot explain '${named}': ${result.lab} has no clock, so it shows no gain that could be missing; ./zc compare works on it`,
  );
}

function document(result: TimeResult, explained: readonly Explained[], entry: Parameters<typeof missingText>[1]) {
  return {
    schemaVersion: 1,
    lab: result.lab,
    startedAt: result.startedAt,
    missing: explained.map((one) => ({
      variant: one.situation.series.variant,
      factors: one.situation.series.factors,
      measure: one.situation.measure,
      state: one.situation.state,
      comparison: one.situation.comparison,
      text: missingText(one, entry),
      reasons: one.reasons.map((reason) => ({ ...reason, ...reasonWords(reason) })),
    })),
  };
}
