/** What stands under the numbers: what could not run, and what puts the numbers in doubt. Each with what helps. */
import type { LabResult, Warning } from '#model/result.ts';
import { factorGroups, varyingFactors } from '#model/statistics.ts';
import { cannotRunTexts } from '#model/words/cannot-run.ts';
import { byImportance, warningText } from '#model/words/warnings.ts';
import type { Entry, ReportOptions } from './options.ts';
import { paint, spell, wrap } from './text.ts';

/** Whole sentences. `code` is the warning's, or `cannot-run`. */
export interface Note {
  readonly code: string;
  readonly text: string;
  readonly remedy: string | null;
}

/**
 * Notes of a result, the most important first.
 *
 * @param derived warnings that follow from the samples: they replace those that the run left with the same code
 */
export function notesOf(
  result: LabResult,
  entry: Pick<Entry, 'variants' | 'factors'>,
  derived: readonly Warning[] = [],
): Note[] {
  const told = result.warnings.filter(({ code }) => !derived.some((one) => one.code === code));
  const warnings = byImportance([...told, ...derived]);
  const notes = warnings.map(({ code, args }) => ({
    code,
    ...warningText({ code, args: tellingArgs(args, result) }, entry.factors),
  }));
  const cannotRun = cannotRunTexts(result, entry).map((one) => ({ code: 'cannot-run', ...one }));
  return [...cannotRun, ...notes];
}

/** A setting that is the same in all of the result need not be said, except the link. */
function tellingArgs(args: Warning['args'], result: LabResult): Warning['args'] {
  const groups = factorGroups(result);
  const told = ['link', ...varyingFactors(groups)];
  const silent = groups.flatMap((group) => Object.keys(group)).filter((name) => !told.includes(name));
  return Object.fromEntries(Object.entries(args).filter(([name]) => !silent.includes(name)));
}

/** Notes in the default report, however much room there is. */
const MOST = 3;

/** Every note with its remedy, however many lines that takes. */
export function allNotes(notes: readonly Note[], options: ReportOptions): string[] {
  return notes.flatMap((note) => noteLines(note, true, options));
}

/**
 * As many notes as fit into `room` lines: rather more of them than their remedies. A last line says what was left out.
 * The most important note is always there, also where there is no room for it.
 */
export function fittingNotes(notes: readonly Note[], room: number, options: ReportOptions): string[] {
  const ordered = oneOfEachFirst(notes);
  let lines: string[] = [];
  for (let shown = Math.min(MOST, notes.length); shown >= 1; shown--) {
    for (const remedies of [true, false]) {
      const some = ordered.slice(0, shown);
      const left = leftOutText(notes.length - shown, !remedies && some.some(({ remedy }) => remedy !== null));
      lines = [...some.flatMap((note) => noteLines(note, remedies, options)), ...(left ? [left] : [])];
      if (lines.length <= room) return lines;
    }
  }
  return lines;
}

/** Where there is room for a few only, three kinds of doubt say more than one kind over three links. */
function oneOfEachFirst(notes: readonly Note[]): Note[] {
  const first = notes.filter(({ code }, at) => notes.findIndex((note) => note.code === code) === at);
  return [...first, ...notes.filter((note) => !first.includes(note))];
}

function leftOutText(more: number, remedies: boolean): string {
  if (more === 0) return remedies ? 'What helps: --verbose' : '';
  return remedies ? `${more} more, and what helps: --verbose` : `${more} more: --verbose`;
}

function noteLines({ text, remedy }: Note, withRemedy: boolean, options: ReportOptions): string[] {
  const whole = withRemedy && remedy ? `${text} ${remedy}` : text;
  const [first = '', ...others] = wrap(spell(whole, options), options.width - 2);
  return [`${paint('!', 'yellow', options)} ${first}`, ...others.map((line) => `  ${line}`)];
}
