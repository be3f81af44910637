/** The report of a lab that says which shape its answer has: the conclusion, one table, the noise, the warnings. */
import type { Answer } from '#model/catalogue.ts';
import type { LabResult, TimeResult } from '#model/result.ts';
import { healthWarnings } from '#model/statistics.ts';
import { type AnswerText, answerText, comparedBy } from '#model/words/answers/index.ts';
import { noiseText } from '#model/words/noise.ts';
import { answerDetails } from './answer-details.ts';
import { tableLines } from './answer-table.ts';
import { facts } from './facts.ts';
import { missingGainNote } from './missing-gain.ts';
import { allNotes, fittingNotes, type Note, notesOf } from './notes.ts';
import { type Entry, MOST_LINES, type ReportOptions } from './options.ts';
import { paint, spell, wrap } from './text.ts';

/** Lines of the report; null where the result is of a kind that the shape cannot be read from. */
export function renderAnswer(result: LabResult, entry: Entry, answer: Answer, options: ReportOptions): string[] | null {
  const said = answerText(result, entry, answer);
  if (!said) return null;
  const say = (text: string) => wrap(spell(text, options), options.width);
  const compared = comparedBy(answer);
  const derived = result.kind === 'time' && compared ? healthWarnings(result, compared.measure, compared.per) : [];
  const gains = answer.shape === 'ratio' && /^(totalCpu|wall)Ns$/.test(answer.measure);
  const notes = [...(gains ? missingGainNote(result, entry) : []), ...notesOf(result, entry, derived)];
  const conclusion = say(said.text).map((line) => paint(line, 'bold', options));
  const noise = result.kind === 'time' ? say(roundsText(result, compared)) : [];
  if (!options.verbose) {
    return [...conclusion, ...fittingBody(said, notes, noise, MOST_LINES - conclusion.length, options)];
  }
  return [
    ...conclusion,
    ...said.meaning.flatMap(say),
    '',
    ...tableLines(said.table, said.table.groups.length, options),
    ...noise,
    ...allNotes(notes, options),
    '',
    ...answerDetails(result, entry, options),
    '',
    ...facts(result, entry, options),
  ];
}

/** As many groups of the table as fit with one sentence more and a word about every note; then what else fits. */
function fittingBody(
  { meaning, table }: AnswerText,
  notes: readonly Note[],
  noise: readonly string[],
  room: number,
  options: ReportOptions,
): string[] {
  const sentences = meaning.map((text) => wrap(spell(text, options), options.width));
  const least = (sentences[0]?.length ?? 0) + 1 + noise.length;
  for (let groups = table.groups.length; ; groups--) {
    const rows = tableLines(table, groups, options);
    const under = fittingNotes(notes, room - least - rows.length, options);
    if (least + rows.length + under.length > room && groups > 1) continue;
    const told: string[] = [];
    for (const lines of sentences) {
      if (told.length === 0 || told.length + lines.length + 1 + rows.length + noise.length + under.length <= room)
        told.push(...lines);
    }
    return [...told, '', ...rows, ...noise, ...under];
  }
}

/** `9 rounds; noise on this machine: ±4 %.` */
function roundsText(result: TimeResult, compared: ReturnType<typeof comparedBy>): string {
  const rounds = new Set(result.series.flatMap(({ samples }) => samples.map(({ round }) => round))).size;
  const noise = compared ? `; noise on this machine: ${noiseText(result, compared.measure, compared.per)}` : '';
  return `${rounds} ${rounds === 1 ? 'round' : 'rounds'}${noise}.`;
}
