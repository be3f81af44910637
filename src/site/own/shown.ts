/** What stands in the places of a page for the reader's own result: the words and drawings of the reference, and whose they are. */
import type { CatalogueEntry } from '#model/catalogue.ts';
import type { LabResult, TimeResult } from '#model/result.ts';
import { dayOf } from '../figures/origin.ts';
import { el, type Markup } from '../markup.ts';
import type { LabAsk } from './ask.ts';

/** A result with its lab. */
export interface Own {
  readonly result: LabResult;
  readonly entry: CatalogueEntry;
}

/** What stands in the place, and the reference's drawing on the same axis where it has to be drawn anew. */
export interface Shown {
  readonly own: readonly (Markup | string)[];
  readonly reference?: readonly Markup[];
}

/** Answers what the places of one kind ask. */
export interface Part {
  /**
   * @param reference the result that the page shows, where the ask names one
   * @throws {RangeError} when the result has no series that answers
   */
  show(ask: LabAsk, own: Own, reference: LabResult | undefined): Shown;
}

export type AskOf<S> = Extract<LabAsk, { show: S }>;

/** How what is said of the reader's machine begins. */
export const YOURS = el('strong', {}, 'Your machine: ');

/** @throws {RangeError} for a result without times */
export function timeOf(result: LabResult): TimeResult {
  if (result.kind === 'time') return result;
  throw new RangeError('Expected a result with times');
}

/** Whose drawing it is. */
export function nameOf(result: LabResult): Markup {
  return el('p', { class: 'zc-own-name' }, `Your machine: ${result.environment.machine}, ${dayOf(result)}`);
}

/** No two tables of a page may have one name: a page has a figure of each kind, and each speaks of something else. */
export function tableName(lab: string, show: string, ...words: readonly (string | number)[]): string {
  return ['Your machine', lab, show, ...words].join(', ');
}

/** What is below a drawing, folded. */
export function twin(summary: string, ...inside: readonly Markup[]): Markup {
  return el('details', {}, el('summary', {}, summary), ...inside);
}
