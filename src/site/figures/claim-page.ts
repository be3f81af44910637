/** One claim as a page: what is said, both verdicts, what was asked of the machine with the numbers, and how to repeat it. */
import {
  type ArticleNumber,
  articles,
  type Claim,
  claims,
  corrected,
  type Evidence,
  judgeClaim,
} from '#model/claims/index.ts';
import type { LabResult } from '#model/result.ts';
import { sentence } from '#model/words/capital.ts';
import { machineWords, reasonText, sourceWords, untestedText } from '#model/words/index.ts';
import { type Asked, allAsked, type LabNames } from './asked.ts';
import { repeatLine } from './machine.ts';
import { dayOf } from './origin.ts';

export interface ClaimPage {
  readonly id: string;
  /** The statement without its full stop. */
  readonly title: string;
  /** Both verdicts in a sentence or two: for search engines and lists. */
  readonly description: string;
  readonly saidBy: readonly { readonly number: ArticleNumber; readonly title: string; readonly publisher: string }[];
  readonly sources: string;
  readonly why: string;
  readonly citations: Claim['sources']['citations'];
  readonly machine: string;
  /** The machine and the day, `reference-vm, 20 November 2026`; empty where no result is behind the verdict. */
  readonly seenOn: string;
  readonly asked: readonly Asked[];
  /** Parts that no lab decides, each as a sentence. */
  readonly untested: readonly string[];
  /** The statement so that it is true; empty where it is already. */
  readonly better: string;
  /** Commands that repeat what was seen. */
  readonly repeat: readonly string[];
}

export function claimPage(claim: Claim, evidence: Evidence, names: LabNames): ClaimPage {
  const { id, statement, saidBy, sources, untested = [] } = claim;
  const verdict = judgeClaim(claim, evidence);
  const labs = [...new Set(verdict.tested.map(({ test }) => test.lab))];
  const results = labs.flatMap((lab) => resultOf(evidence[lab]) ?? []);
  const [said, seen] = [sourceWords[sources.verdict], machineWords[verdict.state]];
  return {
    id,
    title: statement.replace(/\.$/, ''),
    description: `What is said of zero copy: ${statement} The sources: ${said.toLowerCase()}. Our machine: ${seen.toLowerCase()}.`,
    saidBy: saidBy.map((number) => ({ number, ...articles[number] })),
    sources: said,
    why: sources.why,
    citations: sources.citations,
    machine: seen,
    seenOn: [...new Set(results.map((result) => `${result.environment.machine}, ${dayOf(result)}`))].join('; '),
    asked: allAsked(verdict.tested, names, reasonText),
    untested: untested.map((part) => sentence(untestedText(part))),
    better: corrected[id] ?? '',
    repeat: labs.map((lab) => {
      const result = resultOf(evidence[lab]);
      return result ? repeatLine(result) : `./zc run ${lab}`;
    }),
  };
}

function resultOf(shown: Evidence[string]): LabResult | undefined {
  return shown && 'kind' in shown ? shown : undefined;
}

/** Address of a claim's page, below the site's root. */
export function claimPath(id: string): string {
  return `/verdicts/${id.toLowerCase()}/`;
}

/** The claims before and after one, in the order of the list. */
export function neighboursOf({ id }: Claim): { readonly before: Claim | undefined; readonly after: Claim | undefined } {
  const index = claims.findIndex((one) => one.id === id);
  return { before: claims[index - 1], after: claims[index + 1] };
}
