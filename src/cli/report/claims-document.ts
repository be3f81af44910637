import { articles } from '#model/claims/index.ts';
import type { LabResult } from '#model/result.ts';
import type { Judged } from './claims.ts';

/** The verdicts as one JSON document: claims, both scales, findings with their numbers, and the results behind them. */
export function claimsDocument(
  judged: readonly Judged[],
  results: ReadonlyMap<string, { path: string; result: LabResult }>,
) {
  return {
    schemaVersion: 1,
    articles,
    results: [...results].map(([lab, { path, result }]) => ({ lab, path, startedAt: result.startedAt })),
    claims: judged.map(({ claim: { tests = [], untested = [], ...claim }, verdict }) => ({
      ...claim,
      verdict: verdict.state,
      why: verdict.why,
      tests: tests.map(({ lab, asks }, at) => ({ lab, asks, finding: verdict.tested[at]?.finding })),
      untested,
    })),
  };
}
