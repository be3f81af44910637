/** The claims as rows of a table: both scales, in words, and why where a machine has no verdict. */
import {
  type ArticleNumber,
  articles,
  type Claim,
  claims,
  type Evidence,
  judgeClaim,
  type SourceVerdict,
  testingLabs,
} from '#model/claims/index.ts';
import { byRank } from '#model/recorded-machines.ts';
import type { LabResult } from '#model/result.ts';
import { reasonText, sourceWords } from '#model/words/index.ts';
import { type MachineWords, machineVerdict } from './machine-verdict.ts';

export interface VerdictRow extends MachineWords {
  readonly id: string;
  readonly statement: string;
  /** Numbers of the articles, as the list of them counts. */
  readonly saidBy: string;
  readonly said: SourceVerdict;
  /** The same in words. */
  readonly sources: string;
  readonly why: string;
}

/** Recorded results by lab: of the machines that have one, the one that is quoted first. */
export function evidenceFrom(entries: readonly { id: string; data: LabResult }[]): Evidence {
  const ranked = entries.toSorted((a, b) => byRank(machineOf(a), machineOf(b)));
  return Object.fromEntries(testingLabs.map((lab) => [lab, ranked.find(({ data }) => data.lab === lab)?.data]));
}

function machineOf({ id }: { id: string }): string {
  return id.slice(0, id.indexOf('/'));
}

/** One row a claim, in their order. */
export function verdictRows(shown: readonly Claim[], evidence: Evidence): VerdictRow[] {
  return shown.map((claim) => {
    return {
      id: claim.id,
      statement: claim.statement,
      saidBy: claim.saidBy.join(', '),
      said: claim.sources.verdict,
      sources: sourceWords[claim.sources.verdict],
      why: claim.sources.why,
      ...machineVerdict(judgeClaim(claim, evidence), claim, reasonText),
    };
  });
}

/** `True 3, Misleading 2`: what the sources say of an article's claims. */
export function articleRows(): { number: ArticleNumber; title: string; publisher: string; counts: string }[] {
  return (Object.keys(articles).map(Number) as ArticleNumber[]).map((number) => {
    const own = claims.filter(({ saidBy }) => saidBy.includes(number));
    const counts = Object.entries(sourceWords).flatMap(([verdict, word]) => {
      const count = own.filter(({ sources }) => sources.verdict === verdict).length;
      return count === 0 ? [] : [`${word}:\u00a0${count}`];
    });
    return { number, ...articles[number], counts: counts.join(' · ') };
  });
}
