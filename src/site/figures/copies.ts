/** Counted copies for prose and tables, out of a recorded result. Words and statistics are the model's. */
import type { CopyPlace } from '#model/count-sample.ts';
import type { CannotRun, CountResult, Factors } from '#model/result.ts';
import {
  type CopiesPerByte,
  copiesOf,
  copyPlaces,
  factorGroups,
  plainFactors,
  sameFactors,
  varyingFactors,
} from '#model/statistics.ts';
import { formatCopies, placeTitles, spokenCopies } from '#model/words/copies.ts';
import { formatFactors, needText } from '#model/words/index.ts';

/** A place, all places but the receiver's, all of them, or the share that went on by reference. */
export type Counted = CopyPlace | 'sender' | 'total' | 'referenced';

/**
 * A counted number as a sentence says it: `2`, `1.18`, `none`.
 *
 * @param asked factors that differ from the plainest group's
 * @throws {RangeError} when it was not counted: prose must not stand without its number
 */
export function sayCopies(result: CountResult, variant: string, asked: Factors, what: Counted): string {
  const factors = { ...plainFactors(result), ...asked };
  const copies = copiesOf(result, variant, factors);
  if (!copies) {
    const have = factorGroups(result).map((group) => formatFactors(group));
    throw new RangeError(
      `Cannot say the copies of '${variant}' over ${formatFactors(factors)}: ${result.lab} counted over ${have.join('; ')}`,
    );
  }
  return spokenCopies(numberOf(copies, what));
}

function numberOf(copies: CopiesPerByte, what: Counted): number {
  return what === 'sender' || what === 'total' || what === 'referenced' ? copies[what] : copies.places[what];
}

export interface PlaceRow {
  readonly title: string;
  readonly copies: CopiesPerByte;
}

/** A row a variant over one link, everything else as in the plainest group. @param only variants; all by default */
export function placeRows(
  result: CountResult,
  titles: Readonly<Record<string, string>>,
  { link, only }: { link?: string | undefined; only?: readonly string[] | undefined } = {},
): PlaceRow[] {
  const factors = { ...plainFactors(result), ...(link !== undefined && { link }) };
  return Object.entries(titles)
    .filter(([variant]) => !only || only.includes(variant))
    .flatMap(([variant, title]) => {
      const copies = copiesOf(result, variant, factors);
      return copies ? [{ title, copies }] : [];
    });
}

/** One row in words: never a bare sum, always who copied where. */
export function placeSentence({ title, copies }: PlaceRow): string {
  const made = copyPlaces.filter((place) => place !== 'kernelToReceiver' && copies.places[place] >= 0.005);
  const parts = made.map((place) => `${formatCopies(copies.places[place])} ${placeTitles[place]}`);
  const sender = `${spokenCopies(copies.sender)} before the receiver reads${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
  const share = copies.referenced < 0.005 ? '' : `; ${formatCopies(copies.referenced)} by reference`;
  return `${title}: ${sender}, ${spokenCopies(copies.places.kernelToReceiver)} by the receiver${share}.`;
}

export interface Cell {
  /** All but the receiver's own: with a device in between, some of them are made where it receives. */
  readonly sender: string;
  readonly receiver: string;
}

export interface GroupTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly title: string; readonly cells: readonly (Cell | null)[] }[];
  /** Cells that are empty because it cannot run there, each with the reason. */
  readonly cannot: readonly string[];
}

/**
 * The plainest group, and those that differ from it in nothing but the named factors: a row a variant, a column a group.
 *
 * @param by names of the factors that vary: `link`, or `receiver` and `fileSystem`
 * @param only variants to list; all by default
 */
export function groupTable(
  result: CountResult,
  titles: Readonly<Record<string, string>>,
  by: readonly string[],
  only?: readonly string[],
): GroupTable {
  const shown = (variant: string) => !only || only.includes(variant);
  const plain = plainFactors(result);
  const groups = factorGroups(result).filter((group) =>
    varyingFactors([plain, group]).every((name) => by.includes(name)),
  );
  const names = Object.keys(titles).filter(
    (variant) =>
      shown(variant) && groups.some((group) => !sameFactors(group, plain) && copiesOf(result, variant, group)),
  );
  return {
    columns: groups.map((group) => groupWords(result, group)),
    rows: names.map((variant) => ({
      title: titles[variant] ?? variant,
      cells: groups.map((group) => cellOf(copiesOf(result, variant, group))),
    })),
    cannot: result.cannotRun
      .filter(({ variant, factors }) => shown(variant) && groups.some((group) => sameFactors(group, factors)))
      .map((entry) => cannotSentence(result, entry, titles)),
  };
}

const cellOf = (copies: CopiesPerByte | undefined): Cell | null =>
  copies ? { sender: formatCopies(copies.sender), receiver: formatCopies(copies.places.kernelToReceiver) } : null;

/** Which link, receiver and file system; the file system only where it is another than in the plainest group. */
export function groupWords(result: CountResult, group: Factors): string {
  const { fileSystem } = plainFactors(result);
  const said = Object.keys(group).filter((name) => name !== 'fileSystem' || group.fileSystem !== fileSystem);
  return formatFactors(group, said);
}

function cannotSentence(result: CountResult, entry: CannotRun, titles: Readonly<Record<string, string>>): string {
  const where = `${titles[entry.variant] ?? entry.variant} over ${groupWords(result, entry.factors)}`;
  return `Cannot run here: ${where}: ${needText(entry).why}.`;
}
