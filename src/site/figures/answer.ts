/** What stands around the drawing of an answer: its title, its axis, how its dots are to be read. */
import type { Answer } from '#model/catalogue.ts';
import type { Factors, LabResult } from '#model/result.ts';
import {
  type AnswerEntry,
  countsBytes,
  formatFactor,
  inSentence,
  type MeasureWords,
  oneOf,
  perText,
  titleOf,
  wordsFor,
} from '#model/words/index.ts';

/** What a lab's answer is without one in the catalogue. */
export const USUAL_ANSWER: Answer = { shape: 'ratio', measure: 'totalCpuNs', per: 'GiB' };

export interface Frame {
  readonly title: string;
  /** What the numbers of the drawing are; empty where its ticks say it. */
  readonly axis: string;
  /** What dot, line and band mean; empty where there is no drawing. */
  readonly legend: string;
}

/** The part of a result that was run, or could not be run, with these settings; undefined when nothing was run with them. */
export function partOf(result: LabResult, where: Factors): LabResult | undefined {
  const isPart = ({ factors }: { readonly factors: Factors }) =>
    Object.entries(where).every(([name, value]) => factors[name] === value);
  const series = (result.series as readonly LabResult['series'][number][]).filter(isPart);
  if (series.length === 0) return undefined;
  return { ...result, series, cannotRun: result.cannotRun.filter(isPart) } as LabResult;
}

/** The frame of a result's figure. */
export function frameOf(result: LabResult, entry: AnswerEntry, answer: Answer): Frame {
  const baseline = titleOf(entry, result.baseline);
  if (answer.shape === 'facts') return { title: 'What was seen', axis: '', legend: '' };
  if (answer.shape === 'distribution') {
    return {
      title: 'How long requests took, from the middle to the tail',
      axis: 'Time from the planned start, logarithmic',
      legend:
        'Large dot: half of the requests took at most this long. Small dots: 90 %, 99 % and so on, each only with ten slower requests to rest on.',
    };
  }
  const words = wordsFor(result, answer.measure, entry);
  const each = [words.title, perText(answer.per)].filter(Boolean).join(' ');
  if (answer.shape === 'growth') {
    return {
      title: `${words.title}, by ${countsBytes(answer.along) ? 'size' : `the number of ${pluralOf(answer.along, entry)}`}`,
      axis: `${each}; across: ${pluralOf(answer.along, entry)}`,
      legend: 'Dot: the median. Line through it: the quartiles.',
    };
  }
  if (answer.shape === 'crossover') {
    return {
      title: `${words.title} against ${baseline}: where it turns`,
      axis: `${each}, ${baseline} = 1; across: ${axisName(answer.along, entry)}`,
      legend: `Dot: the estimate. Line through it: its 95 % interval. Box on the line at 1: the range in which the ${lesserOf(words)} changes.`,
    };
  }
  return {
    title: `${words.title} of each path, against ${baseline}`,
    axis: `${each}, ${baseline} = 1`,
    legend: `Dot: the estimate. Line through it: its 95 % interval. Band around 1: ${baseline} against itself, which is this machine's noise.`,
  };
}

function lesserOf({ less, thing }: MeasureWords): string {
  return `one with ${less} ${inSentence(thing)}`;
}

function pluralOf(along: string, entry: AnswerEntry): string {
  const one = oneOf(along, entry);
  return one === along || countsBytes(along) ? along : `${one}s`;
}

/** `files of {}` as `files of …`; the factor's name where the lab has no words for it. */
function axisName(along: string, { factors }: AnswerEntry): string {
  const words = factors?.[along];
  return words === undefined || words === '{}' ? along : formatFactor(along, '…', factors);
}
