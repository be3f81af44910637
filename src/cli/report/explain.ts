/** Why expected gains are missing, for a terminal: each missing gain with its reasons, the best supported first. */
import type { Explained } from '#model/explain/index.ts';
import type { TimeResult } from '#model/result.ts';
import type { AnswerEntry } from '#model/words/answers/index.ts';
import { sentence } from '#model/words/capital.ts';
import { missingText, reasonWords } from '#model/words/explain.ts';
import { MOST_LINES, type ReportOptions } from './options.ts';
import { paint, spell, wrap } from './text.ts';

/** Lines: at most 25, unless `verbose` is set. */
export function renderExplained(
  result: TimeResult,
  explained: readonly Explained[],
  entry: AnswerEntry,
  options: ReportOptions,
): string[] {
  const say = (text: string, indent = '') => wrap(spell(text, options), options.width, indent);
  if (explained.length === 0) {
    const [first, ...others] = say(
      `No gain that was expected is missing in this result of ${result.lab}: every path with fewer copies spent less CPU and took less time, as far as it was compared.`,
    );
    return [paint(first ?? '', 'bold', options), ...others.map((line) => paint(line, 'bold', options))];
  }
  const blocks = explained.map((one) => [
    ...say(missingText(one, entry)).map((line) => paint(line, 'bold', options)),
    ...reasonLines(one, options),
  ]);
  if (options.verbose) return blocks.flat();
  const shown: string[] = [];
  let count = 0;
  for (const block of blocks) {
    // One line is kept for what is left out.
    if (count > 0 && shown.length + block.length > MOST_LINES - 1) break;
    shown.push(...block);
    count++;
  }
  const left = blocks.length - count;
  return left === 0 ? shown : [...shown, `${left} more ${left === 1 ? 'gain is' : 'gains are'} missing: --verbose`];
}

function reasonLines({ reasons }: Explained, options: ReportOptions): string[] {
  if (reasons.length === 0) return ['  Nothing in the samples says why.'];
  const most = options.verbose ? reasons.length : 3;
  return reasons.slice(0, most).flatMap((reason, at) => {
    const { why, evidence, remedy } = reasonWords(reason);
    const text = `${at + 1}. ${sentence(why)} ${evidence}${at === 0 || options.verbose ? ` ${remedy}` : ''}`;
    return wrap(spell(text, options), options.width - 2, '   ').map((line) => `  ${line}`);
  });
}
