/** The marks of a path: who moves the payload from the page cache to the send queue. */
import { type Actor, paths } from '#model/paths/index.ts';
import { marks } from '#model/words/marks.ts';
import type { ReportOptions } from './options.ts';
import { type Format, paint } from './text.ts';

/** Actors at the sender when the file is in memory; empty for what has no path model, such as a stream. */
export function senderActors(technique: string): readonly Actor[] {
  const hops = paths.find((path) => path.technique === technique)?.hops('loopback') ?? [];
  const end = hops.findIndex(({ to }) => to === 'send queue');
  return hops
    .slice(0, end + 1)
    .filter(({ when }) => when !== 'cold')
    .map(({ by }) => by);
}

/** The mark of an actor in its colour. */
export function paintMark(actor: Actor, options: ReportOptions): string {
  const { mark, ascii } = marks[actor];
  return paint(options.unicode ? mark : ascii, FORMATS[actor], options);
}

const FORMATS: Record<Actor, Format> = { cpu: 'yellow', dma: 'blue', reference: 'cyan' };
