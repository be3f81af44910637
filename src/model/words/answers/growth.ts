/** What one more of something costs: the answer of a lab that asks how a cost grows. */
import type { Factors, LabResult } from '../../result.ts';
import { type Along, type Growth, grows, growth } from '../../statistics/growth.ts';
import { groupsAlong } from '../../statistics/series.ts';
import { countsBytes, formatFactor, formatFactorValue } from '../factors.ts';
import { formatQuantity, inSentence, type MeasureWords, perText } from '../quantities.ts';
import {
  type AnswerEntry,
  type AnswerText,
  groupTitle,
  listed,
  sentenceOf,
  titleOf,
  variantsIn,
  wordsFor,
} from './answer.ts';

interface Line extends Growth {
  readonly variant: string;
}

/** Says how each variant grows along the factor. */
export function growthText(result: LabResult, entry: AnswerEntry, answer: Along): AnswerText {
  const words = wordsFor(result, answer.measure, entry);
  const variants = variantsIn(result, entry);
  const groups = groupsAlong(result, answer.along).map((group) => ({
    group,
    lines: variants.map((variant) => stepped({ variant, ...growth(result, variant, answer, group) }, answer)),
  }));
  const say =
    (tell: (lines: readonly Line[], place: string) => string) => (one: { group: Factors; lines: readonly Line[] }) => {
      const place = groupTitle(result, one.group, entry);
      return tell(
        one.lines.filter(({ points }) => points.length > 0),
        place,
      );
    };
  const slopes = groups.map(say((lines, place) => sentenceOf(place, slopesText(lines, entry, answer, words))));
  const ends = groups.map(say((lines, place) => endText(lines, place, entry, answer, words)));
  const [text = 'Nothing ran that could grow.', ...others] = slopes;
  return {
    text,
    meaning: [...ends.slice(0, 1), ...others.flatMap((slope, at) => [slope, ends[at + 1] ?? ''])].filter(Boolean),
    table: {
      corner: [words.title, perText(answer.per)],
      columns: variants.map((variant) => [titleOf(entry, variant), ''] as const),
      groups: groups.map(({ group, lines }) => ({
        title: groupTitle(result, group, entry),
        rows: [...valueRows(lines, answer, words), slopeRow(lines, words, answer, entry)],
      })),
    },
  };
}

function slopesText(lines: readonly Line[], entry: AnswerEntry, answer: Along, words: MeasureWords): string {
  const parts = lines.map((line) => slopeText(line, titleOf(entry, line.variant), words));
  return `with each further ${oneOf(answer.along, entry)}, ${inSentence(words.title)} grows ${listed(parts)}.`;
}

/** After `grows`: `by 4 MiB with write (3.9 MiB to 4.1 MiB)`. */
function slopeText(line: Line, title: string, { unit }: MeasureWords): string {
  const { slope, interval } = line;
  if (slope === null) return `by an unknown amount with ${title} (it ran with one value only)`;
  const write = (value: number) => formatQuantity(value, unit);
  if (!interval) return `by ${write(slope)} with ${title} (too few rounds for an interval)`;
  const range = `(${write(interval.low)} to ${write(interval.high)})`;
  return grows(line) === 'flat' ? `not measurably with ${title} ${range}` : `by ${write(slope)} with ${title} ${range}`;
}

/** `At 200 consumers: write 800 MiB, sendfile 16 MiB.` */
function endText(
  lines: readonly Line[],
  place: string,
  entry: AnswerEntry,
  answer: Along,
  { unit }: MeasureWords,
): string {
  const most = Math.max(...lines.flatMap(({ points }) => points.map(({ at }) => at)));
  const parts = lines.flatMap(({ variant, points }) => {
    const point = points.find(({ at }) => at === most);
    return point ? [`${titleOf(entry, variant)} ${formatQuantity(point.median, unit)}`] : [];
  });
  if (parts.length === 0) return '';
  const at = formatFactor(answer.along, most, entry.factors);
  return `${place ? sentenceOf(`${at}, ${place}`, '') : sentenceOf(at, '')}${parts.join(', ')}.`;
}

function valueRows(lines: readonly Line[], { along }: Along, { unit }: MeasureWords) {
  const values = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))].sort((a, b) => a - b);
  return values.map((value) => ({
    title: formatFactorValue(along, value),
    cells: lines.map(({ points }) => {
      const point = points.find(({ at }) => at === value);
      return point ? formatQuantity(point.median, unit) : '–';
    }),
  }));
}

function slopeRow(lines: readonly Line[], { unit }: MeasureWords, { along }: Along, entry: AnswerEntry) {
  return {
    title: `one ${oneOf(along, entry)} more`,
    cells: lines.map((line) => {
      if (line.slope === null) return '–';
      return grows(line) === 'flat' ? 'none seen' : formatQuantity(line.slope, unit);
    }),
  };
}

/** The slope for a step of the factor: for each KiB where it counts bytes. */
function stepped(line: Line, { along }: Along): Line {
  const { slope, interval } = line;
  if (!countsBytes(along) || slope === null) return line;
  const scaled = interval && { low: interval.low * KIB, high: interval.high * KIB };
  return { ...line, slope: slope * KIB, interval: scaled };
}

const KIB = 1024;

/** What one step of the factor is called: `{} consumers` makes it `consumer`, bytes are taken by the KiB. */
export function oneOf(along: string, { factors = {} }: Pick<AnswerEntry, 'factors'>): string {
  if (countsBytes(along)) return 'KiB';
  const words = Object.hasOwn(factors, along) ? factors[along] : undefined;
  return /^\{\} ([a-z ]+)s$/.exec(words ?? '')?.[1] ?? along;
}
