/** What the reader's own results say of a claim. Apart from show.ts, because the claims weigh more than all else. */
import { claims, type Evidence } from '#model/claims/index.ts';
import { allAsked, type LabTitles } from '../figures/claim-page.ts';
import { verdictRows } from '../figures/verdicts.ts';
import { el, type Markup } from '../markup.ts';
import type { ClaimAsk } from './ask.ts';

/** @throws {RangeError} for a claim that is not known */
export function showVerdict(ask: ClaimAsk, evidence: Evidence, titles: LabTitles): Markup[] {
  const claim = claims.find(({ id }) => id === ask.claim);
  if (!claim) throw new RangeError(`Expected a claim, found '${ask.claim}'`);
  const [row] = verdictRows([claim], evidence);
  const verdict = el('p', {}, 'Your machine: ', el('strong', {}, `${row?.machine}.`), ` ${row?.reason ?? ''}`);
  if (!ask.whole) return [verdict];
  return [
    verdict,
    ...allAsked(claim, evidence, titles).flatMap(({ lab, asks, answer, why, numbers }) => [
      el('p', {}, `Asked of ${lab}: ${asks} `, el('strong', {}, `${answer}.`), ` ${why ?? ''}`),
      el('ul', {}, ...numbers.map((number) => el('li', {}, number))),
    ]),
  ];
}
