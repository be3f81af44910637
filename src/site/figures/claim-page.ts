/** One claim as a page: what is said, both verdicts, what was asked of the machine with the numbers, and how to repeat it. */
import {
  type ArticleNumber,
  articles,
  type Claim,
  claims,
  corrected,
  type Evidence,
  judgeClaim,
  type Tested,
} from '#model/claims/index.ts';
import type { LabResult } from '#model/result.ts';
import { machineWords, reasonText, shownText, sourceWords, untestedText } from '#model/words/index.ts';
import { repeatLine } from './machine.ts';
import { dayOf } from './numbers.ts';

/** What one lab was asked, and what it answered. */
export interface Asked {
  readonly lab: string;
  readonly asks: string;
  readonly answer: string;
  /** Why there is none, and what would bring one; null where there is an answer. */
  readonly why: string | null;
  readonly numbers: readonly string[];
}

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

/** Lab → variant → title, as the lab's report says it. */
export type LabTitles = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function claimPage(claim: Claim, evidence: Evidence, titles: LabTitles): ClaimPage {
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
    asked: verdict.tested.map((one) => askedOf(one, titles)),
    untested: untested.map((part) => sentence(untestedText(part))),
    better: corrected[id] ?? '',
    repeat: labs.map((lab) => {
      const result = resultOf(evidence[lab]);
      return result ? repeatLine(result) : `./zc run ${lab}`;
    }),
  };
}

/** Only what each lab was asked: a reader's page that judges their results needs no more, and loads no more. */
export function allAsked(claim: Claim, evidence: Evidence, titles: LabTitles): Asked[] {
  return judgeClaim(claim, evidence).tested.map((one) => askedOf(one, titles));
}

function resultOf(shown: Evidence[string]): LabResult | undefined {
  return shown && 'kind' in shown ? shown : undefined;
}

function askedOf({ test, finding }: Tested, titles: LabTitles): Asked {
  const reason = 'why' in finding ? reasonText(finding.why) : null;
  return {
    lab: test.lab,
    asks: sentence(test.asks),
    answer: machineWords[finding.state],
    why: reason && `${sentence(reason.why)}${reason.remedy ? ` ${reason.remedy}` : ''}`,
    numbers: 'numbers' in finding ? finding.numbers.map((shown) => shownText(shown, titles[test.lab] ?? {})) : [],
  };
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** Address of a claim's page, below the site's root. */
export function claimPath(id: string): string {
  return `/verdicts/${id.toLowerCase()}/`;
}

/** The claims before and after one, in the order of the list. */
export function neighboursOf({ id }: Claim): { readonly before: Claim | undefined; readonly after: Claim | undefined } {
  const index = claims.findIndex((one) => one.id === id);
  return { before: claims[index - 1], after: claims[index + 1] };
}
