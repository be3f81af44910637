/** From where on one is the cheaper: the answer of a lab that asks when something pays. */
import type { Factors, TimeResult } from '../../result.ts';
import { type Crossover, crossover, type Turn } from '../../statistics/crossover.ts';
import type { Along } from '../../statistics/growth.ts';
import { groupsAlong } from '../../statistics/series.ts';
import { formatFactorValue } from '../factors.ts';
import type { MeasureWords } from '../quantities.ts';
import {
  type AnswerEntry,
  type AnswerGroup,
  type AnswerText,
  groupTitle,
  listed,
  sentenceOf,
  titleOf,
  variantsIn,
  wordsFor,
} from './answer.ts';
import { ratioCell } from './ratio.ts';

interface Line {
  readonly group: Factors;
  readonly variant: string;
  readonly found: Crossover;
}

/** Says where each variant turns against the baseline. */
export function crossoverText(result: TimeResult, entry: AnswerEntry, answer: Along): AnswerText {
  const words = wordsFor(result, answer.measure, entry);
  const groups = groupsAlong(result, answer.along);
  const variants = variantsIn(result, entry).filter((variant) => variant !== result.baseline);
  const lines = groups.flatMap((group) =>
    variants.map((variant): Line => ({ group, variant, found: crossover(result, variant, answer, group) })),
  );
  const said = lines
    .filter(({ found }) => found.points.length > 0)
    .map(({ group, variant, found }) => {
      const names = { variant: titleOf(entry, variant), baseline: titleOf(entry, result.baseline) };
      const text = turnText(found.turn, names, words, (value) => formatFactorValue(answer.along, value));
      return sentenceOf(groupTitle(result, group, entry), text);
    });
  const [text = 'Nothing to compare: no variant ran beside the baseline.', ...meaning] = said;
  return {
    text,
    meaning,
    table: {
      corner: [words.title, `${titleOf(entry, result.baseline)} = 1`],
      columns: variants.map((variant) => [titleOf(entry, variant), '(95 % interval)'] as const),
      groups: groups.map((group) =>
        rowsOf(
          groupTitle(result, group, entry),
          variants.map((variant) => lines.find((line) => line.group === group && line.variant === variant)?.found),
          (value) => formatFactorValue(answer.along, value),
        ),
      ),
    },
  };
}

function rowsOf(
  title: string,
  found: readonly (Crossover | undefined)[],
  write: (value: string | number) => string,
): AnswerGroup {
  const values = new Set(found.flatMap((one) => one?.points.map(({ at }) => at) ?? []));
  const ordered = [...values].sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0));
  return {
    title,
    rows: ordered.map((value) => ({
      title: write(value),
      cells: found.map((one) => {
        const point = one?.points.find(({ at }) => at === value);
        return point ? ratioCell(point.comparison) : '–';
      }),
    })),
  };
}

/** The sentence, without a capital: `sendfile spent more CPU than read up to 64 KiB, and less from 256 KiB on.` */
export function turnText(
  turn: Turn,
  { variant, baseline }: { variant: string; baseline: string },
  { did, thing, less }: MeasureWords,
  write: (value: string | number) => string,
): string {
  const side = (one: 'less' | 'more') => (one === 'less' ? less : 'more');
  if (turn.state === 'undecided')
    return `no difference could be seen anywhere between the ${thing} that ${variant} and ${baseline} ${did}.`;
  if (turn.state === 'several') return `${variant} ${did} now less, now more ${thing} than ${baseline}: see the table.`;
  if (turn.state === 'turns') {
    const after = turn.from === 'less' ? 'more' : 'less';
    return `${variant} ${did} ${side(turn.from)} ${thing} than ${baseline} up to ${write(turn.last)}, and ${side(after)} from ${write(turn.first)} on.`;
  }
  const where = turn.from === turn.to ? `at ${write(turn.from)}` : `from ${write(turn.from)} to ${write(turn.to)}`;
  const rest = turn.unsure.length > 0 ? `; no difference could be seen at ${listed(turn.unsure.map(write))}` : '';
  return `${variant} ${did} ${side(turn.side)} ${thing} than ${baseline} ${turn.unsure.length > 0 ? where : `everywhere, ${where}`}${rest}.`;
}
