/** What one article claims, in the order in which it does. */
import { type ArticleNumber, claims, corrected, coverage, type Evidence } from '#model/claims/index.ts';
import { type VerdictRow, verdictRows } from './verdicts.ts';

export interface ArticleRow extends VerdictRow {
  /** The statement so that it is true; empty where it is already. */
  readonly better: string;
}

/** `right`: what the sources say is true. `rest`: all else, each with a better sentence. */
export function articleClaims(
  article: ArticleNumber,
  evidence: Evidence,
): { readonly right: readonly ArticleRow[]; readonly rest: readonly ArticleRow[] } {
  const order = [...new Set(coverage[article].flatMap((sentence) => sentence.claims))];
  const own = order.flatMap((id) => claims.find((claim) => claim.id === id) ?? []);
  const rows = (chosen: typeof own): ArticleRow[] =>
    verdictRows(chosen, evidence).map((row) => ({ ...row, better: corrected[row.id] ?? '' }));
  const isTrue = ({ sources }: (typeof own)[number]) => sources.verdict === 'true';
  return { right: rows(own.filter(isTrue)), rest: rows(own.filter((claim) => !isTrue(claim))) };
}
