/** The answer of a lab from the reader's own result: its sentence in the text, or the whole with drawing and table. */
import type { Answer, CatalogueEntry } from '#model/catalogue.ts';
import type { LabResult } from '#model/result.ts';
import { partOf, USUAL_ANSWER } from '../figures/answer.ts';
import { answerTable } from '../figures/answer-table.ts';
import type { Shape } from '../figures/shapes/shape.ts';
import { el } from '../markup.ts';
import type { LabAsk } from './ask.ts';
import { type AskOf, nameOf, type Own, type Part, type Shown, tableName, twin, YOURS } from './shown.ts';

type AnswerAsk = AskOf<'answer' | 'said'>;
type Name = Answer['shape'];

const files: Readonly<Record<Name, () => Promise<{ readonly shape: unknown }>>> = {
  crossover: () => import('../figures/shapes/crossover.ts'),
  distribution: () => import('../figures/shapes/distribution.ts'),
  facts: () => import('../figures/shapes/facts.ts'),
  growth: () => import('../figures/shapes/growth.ts'),
  ratio: () => import('../figures/shapes/ratio.ts'),
};

/** Loads the shapes that these ask for. */
export async function openAnswers(asks: readonly LabAsk[], labs: readonly CatalogueEntry[]): Promise<Part> {
  const names = asks.map(
    (ask) =>
      answerOf(
        ask as AnswerAsk,
        labs.find(({ id }) => id === ask.lab),
      ).shape,
  );
  const load = async (name: Name) => [name, (await files[name]()).shape as Shape] as const;
  const shapes = new Map(await Promise.all([...new Set(names)].map(load)));
  return {
    show(ask, own, reference) {
      const shape = shapes.get(answerOf(ask as AnswerAsk, own.entry).shape);
      if (!shape) throw new Error(`The shape of what is asked of ${ask.lab} was not loaded`);
      return show(ask as AnswerAsk, shape, own, reference);
    },
  };
}

function answerOf(ask: AnswerAsk, entry: CatalogueEntry | undefined): Answer {
  return ask.answer ?? entry?.answer ?? USUAL_ANSWER;
}

function show(ask: AnswerAsk, shape: Shape, { result, entry }: Own, reference: LabResult | undefined): Shown {
  const [asked, where] = [answerOf(ask, entry), ask.where ?? {}];
  const part = partOf(result, where);
  const text = part && shape.text(part, entry, asked);
  if (!part || !text) throw new RangeError('Expected a series with these settings');
  if (ask.show === 'said') return { own: [' ', YOURS, text.text] };
  const theirs = reference && partOf(reference, where);
  const end = theirs && shape.end?.(theirs, entry, asked);
  const ownEnd = shape.end?.(part, entry, asked);
  return {
    own: [
      nameOf(result),
      ...shape.plot(part, entry, asked, end),
      el('p', {}, text.text),
      ...text.meaning.map((sentence) => el('p', {}, sentence)),
      twin('Yours as a table', ...answerTable(text.table, tableName(ask.lab, 'answer', ...Object.values(where)))),
    ],
    ...(theirs && end && ownEnd && ownEnd > end ? { reference: shape.plot(theirs, entry, asked, ownEnd) } : {}),
  };
}
