/** What the shapes of an answer say. */
import type { Answer } from '../../catalogue.ts';
import type { LabResult } from '../../result.ts';
import { type LeadingMeasure, leadingMeasure } from '../../statistics/leading.ts';
import type { AnswerEntry, AnswerText } from './answer.ts';
import { crossoverText } from './crossover.ts';
import { distributionText } from './distribution.ts';
import { factsText } from './facts.ts';
import { growthText } from './growth.ts';
import { ratioText } from './ratio.ts';

export * from './answer.ts';
export { shareName, spreads } from './distribution.ts';
export { oneOf } from './growth.ts';

/** Says an answer; null where the result is of a kind that has no such shape: only times are compared round by round. */
export function answerText(result: LabResult, entry: AnswerEntry, answer: Answer): AnswerText | null {
  if (answer.shape === 'facts') return factsText(result, entry, answer);
  if (answer.shape === 'growth') return growthText(result, entry, answer);
  if (result.kind !== 'time') return null;
  if (answer.shape === 'crossover') return crossoverText(result, entry, answer);
  if (answer.shape === 'distribution') return distributionText(result, entry);
  return ratioText(result, entry, answer);
}

/** What the noise of an answer is the noise of; null for facts, which are no comparison. */
export function comparedBy(answer: Answer): LeadingMeasure | null {
  return answer.shape === 'facts' ? null : leadingMeasure(answer);
}
