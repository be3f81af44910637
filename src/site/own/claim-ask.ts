/** What a page asks of the reader's results for a claim. For building pages: it knows all claims. */
import { claims } from '#model/claims/index.ts';
import type { ClaimAsk } from './ask.ts';
import { judgeNames } from './judges.ts';

const names = await judgeNames();

/** @throws {RangeError} for a claim that is not known, or a test whose predicate is no export of judge/ */
export function claimAsk(id: string, whole = false): ClaimAsk {
  const claim = claims.find((one) => one.id === id);
  if (!claim) throw new RangeError(`Expected a claim, found '${id}'`);
  const tests = (claim.tests ?? []).map(({ lab, asks, judge }) => {
    const name = names.get(judge);
    if (name === undefined) throw new RangeError(`Cannot name what judges ${id} by ${lab}: export it from judge/`);
    return { lab, judge: name, ...(whole ? { asks } : {}) };
  });
  return { show: 'verdict', claim: id, tests, untested: claim.untested ?? [], ...(whole ? { whole } : {}) };
}
