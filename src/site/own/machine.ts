/** The reader's machine in a phrase, and in what it and its answer differ from the reference. */
import { answerDifferences, environmentDifferences } from '#model/compare/index.ts';
import type { LabResult } from '#model/result.ts';
import { comparedText, differenceText } from '#model/words/compare.ts';
import { dayOf, machineWords } from '../figures/origin.ts';
import { el } from '../markup.ts';
import type { LabAsk } from './ask.ts';
import { type Own, type Shown, twin, YOURS } from './shown.ts';

export function show(_: LabAsk, { result, entry }: Own, reference: LabResult | undefined): Shown {
  const words = el('p', {}, YOURS, `${result.environment.machine}, ${dayOf(result)}: ${machineWords(result)}.`);
  if (!reference) return { own: [words] };
  const differences = environmentDifferences(reference, result);
  const compared = comparedText(answerDifferences(reference, result, entry.answer));
  const none = el('p', {}, 'Machines and settings are the same.');
  const list = el('ul', {}, ...differences.map((one) => el('li', {}, differenceText(one))));
  const count = `What else differs, ours and yours: ${differences.length} settings`;
  return { own: [words, el('p', {}, compared), differences.length === 0 ? none : twin(count, list)] };
}
