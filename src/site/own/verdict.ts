/** What the reader's own results say of the claims of a page. Loaded where it has some, with what judges them. */
import type { Predicate, Reason } from '#model/claims/claim.ts';
import { type Evidence, type Judged, judgeClaim } from '#model/claims/verdict.ts';
import { sayReason } from '#model/words/claims/reasons.ts';
import type { LabNames } from '../figures/asked.ts';
import { machineVerdict } from '../figures/machine-verdict.ts';
import { el, type Markup } from '../markup.ts';
import type { ClaimAsk } from './ask.ts';
import { loadJudges } from './judges.ts';
import { sayNeed } from './needs.ts';

export interface Verdicts {
  show(ask: ClaimAsk, evidence: Evidence, labs: LabNames): Markup[];
}

/** Loads what these ask for. */
export async function openVerdicts(asks: readonly ClaimAsk[]): Promise<Verdicts> {
  const [judges, whole] = await Promise.all([
    loadJudges(asks.flatMap(({ tests }) => tests.map(({ judge }) => judge))),
    asks.some((one) => one.whole) ? import('../figures/asked.ts') : null,
  ]);
  const say = (reason: Reason) => sayReason(reason, sayNeed);
  return {
    show(ask, evidence, labs) {
      const claim = judged(ask, judges);
      const found = judgeClaim(claim, evidence);
      const { machine, reason } = machineVerdict(found, claim, say);
      const verdict = el('p', {}, 'Your machine: ', el('strong', {}, `${machine}.`), ` ${reason}`);
      if (!ask.whole || !whole) return [verdict];
      return [
        verdict,
        ...whole
          .allAsked(found.tested, labs, say)
          .flatMap(({ lab, asks: asked, answer, why, numbers }) => [
            el('p', {}, `Asked of ${lab}: ${asked} `, el('strong', {}, `${answer}.`), ` ${why ?? ''}`),
            el('ul', {}, ...numbers.map((number) => el('li', {}, number))),
          ]),
      ];
    },
  };
}

/** The claim as far as a verdict needs it. */
function judged({ tests, untested }: ClaimAsk, judges: ReadonlyMap<string, Predicate>): Judged {
  const [first, ...rest] = tests.map(({ lab, judge, asks = '' }) => {
    return { lab, asks, judge: judges.get(judge) as Predicate };
  });
  if (first) return { tests: [first, ...rest], untested };
  const [part, ...parts] = untested;
  if (!part) throw new RangeError('Expected a test of the claim, or why it has none');
  return { untested: [part, ...parts] };
}
