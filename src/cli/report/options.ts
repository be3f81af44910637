import type { CatalogueEntry } from '#model/catalogue.ts';

export interface ReportOptions {
  readonly verbose: boolean;
  /** The caller has looked at the terminal, NO_COLOR and the flags; nothing is guessed here. */
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether the terminal shows more than ASCII. */
  readonly unicode: boolean;
}

/** What the catalogue says of the lab. */
export type Entry = Pick<CatalogueEntry, 'title' | 'question' | 'variants' | 'answer' | 'quantities' | 'factors'>;

/** Lines of a report without `verbose`, at most. */
export const MOST_LINES = 25;
