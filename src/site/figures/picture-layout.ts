/**
 * Where everything of an article's picture stands: its own places and steps on the left, beside them what really happens, a row for
 * every place that the bytes come to. A step of the article is as long as what it stands for.
 */
import { type Picture, type PictureStep, type StepVerdict, tellPicture } from '#model/claims/pictures.ts';
import { type Spot, type SystemHop, spotKey } from '#model/paths/index.ts';
import { marks } from '#model/words/marks.ts';
import { placeName } from './system-words.ts';

export const PICTURE_WIDTH = 320;
export const SAID_BOX = { x: 4, width: 118, height: 26 };
export const TRUE_BOX = { x: 158, width: 92, height: 26 };
const TOP = 34;
const STEP = 64;
/** More between two machines, for the line between them. */
const BETWEEN = 16;

/** What is said of a step, in a word or two: stands under it in the drawing and before its reason in the list. */
export const verdictWords: Readonly<Record<StepVerdict, string>> = {
  right: 'right',
  short: 'leaves out',
  conditional: 'not quite',
  wrong: 'wrong',
};

export interface SaidPlace {
  readonly name: string;
  readonly y: number;
}

export interface DrawnStep {
  readonly step: PictureStep;
  /** From the foot of a box to the head of the next, pixels. */
  readonly from: number;
  readonly to: number;
}

export interface TrueHop {
  readonly hop: SystemHop;
  readonly from: number;
  readonly to: number;
  readonly who: string;
  readonly when: string;
}

export interface PictureDrawing {
  readonly places: readonly SaidPlace[];
  readonly steps: readonly DrawnStep[];
  readonly spots: readonly { readonly spot: Spot; readonly name: string; readonly y: number }[];
  readonly hops: readonly TrueHop[];
  /** Where another machine begins. */
  readonly machines: readonly { readonly machine: string; readonly y: number }[];
  readonly height: number;
}

export function drawPicture(picture: Picture): PictureDrawing {
  const told = tellPicture(picture);
  const hops = told.flatMap(({ hops }) => hops);
  const visited = [hops[0]?.from, ...hops.map(({ to }) => to)].filter((spot) => spot !== undefined);
  const ys: number[] = [];
  for (const [index, { machine }] of visited.entries()) {
    const before = visited[index - 1];
    ys.push(before ? (ys[index - 1] ?? 0) + (before.machine === machine ? STEP : STEP + BETWEEN) : TOP);
  }
  const y = (index: number) => ys[index] ?? 0;
  const gap = (from: number, to: number) => ({ from: y(from) + SAID_BOX.height, to: y(to) });
  let at = 0;
  const places: SaidPlace[] = [{ name: told[0]?.step.from ?? '', y: y(0) }];
  const steps = told.map(({ step, hops: own }): DrawnStep => {
    const start = at;
    at += own.length;
    places.push({ name: step.to, y: y(at) });
    return { step, ...gap(start, at) };
  });
  return {
    places,
    steps,
    spots: visited.map((spot, index) => ({ spot, name: placeName(spot), y: y(index) })),
    hops: hops.map((hop, index) => ({ hop, ...gap(index, index + 1), ...wordsOf(hop) })),
    machines: visited.flatMap((spot, index) => {
      const before = visited[index - 1];
      const changes = before && spotKey(before) !== spotKey(spot) && before.machine !== spot.machine;
      return changes ? [{ machine: spot.machine, y: y(index) - 12 }] : [];
    }),
    height: y(visited.length - 1) + SAID_BOX.height + 6,
  };
}

const calls: ReadonlySet<string> = new Set(['read', 'pread', 'write', 'sendfile', 'splice (in)', 'splice (out)']);

function wordsOf(hop: SystemHop): Pick<TrueHop, 'who' | 'when'> {
  if (hop.by === 'network') return { who: 'network', when: '' };
  if (hop.when === 'cold') return { who: marks[hop.by].title, when: 'only if cold' };
  return { who: marks[hop.by].title, when: calls.has(hop.during) ? `in ${hop.during}` : hop.during };
}

/** `2.3 copied`, struck through where it is wrong. */
export function stepLabel({ number, says }: PictureStep): string {
  return [number, says].filter(Boolean).join(' ');
}

/** The step and what is to be said of it, for the list below the drawing. */
export function stepSentence(step: PictureStep): string {
  const said = `${[step.number, `${step.from} to ${step.to}`].filter(Boolean).join(' ')}, ${step.says}: ${verdictWords[step.verdict]}.`;
  return step.why ? `${said} ${step.why}` : said;
}
