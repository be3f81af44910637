/** What sending costs by the reader's own result. Apart, because one page asks for it. */
import { brokerCosts, costsText } from '../figures/broker-costs.ts';
import { dayOf } from '../figures/origin.ts';
import { el } from '../markup.ts';
import type { LabAsk } from './ask.ts';
import { type Own, type Shown, YOURS } from './shown.ts';

/** @throws {RangeError} when the result has too few sizes */
export function show(_: LabAsk, { result }: Own): Shown {
  const costs = brokerCosts(result);
  if (!costs) throw new RangeError('Expected three sizes or more of both ways');
  const name = `${result.environment.machine}, ${dayOf(result)}`;
  return { own: [el('p', { 'data-costs': JSON.stringify({ ...costs, name }) }, YOURS, costsText(costs))] };
}
