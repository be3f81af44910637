/**
 * Where everything of a data-path drawing stands. Vertical, 320 units wide, so that it can be read on the narrowest
 * screen: the kernel's places in the left lane, the programs' memory in the right one, one row a place. Paths drawn
 * beside each other share the rows, so the same place is at the same height and a place that is passed by shows.
 */
import type { Hop, Path, Place, Route } from '#model/paths/index.ts';
import type { CountedPath } from './counted-path.ts';
import { type HopLabel, hopLabel, isSenderCopy } from './path-words.ts';

export const WIDTH = 320;
/** The line between kernel and programs. */
export const BOUNDARY = 160;

const BOX = { width: 132, height: 34 };
const TOP = 34;
const STEP = 92;
/** A row in which a third line, the kernel function that was seen, stands under the two others. */
const COUNTED_STEP = 106;

const lanes = { kernel: 12, program: WIDTH - BOX.width - 12 };

/** From the file to the receiver; a path uses some of them, in this order. */
const order: readonly Place[] = [
  'disk',
  'page cache',
  'user memory',
  'pipe',
  'send queue',
  'network card',
  'receive queue',
  "receiver's memory",
];

const programs: ReadonlySet<Place> = new Set(['user memory', "receiver's memory"]);
const receiving: ReadonlySet<Place> = new Set(['receive queue', "receiver's memory"]);

export interface Box {
  readonly place: Place;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Drawn faintly, because this path passes it by and a neighbouring one does not. */
  readonly passedBy: boolean;
}

export interface DrawnHop {
  readonly hop: Hop;
  /** The line from box to box, as SVG path data. */
  readonly line: string;
  /** Tip of the arrow. */
  readonly end: Point;
  readonly mark: Point;
  /** Two or three lines of text beside the mark, left-aligned at `label`. */
  readonly label: Point;
  readonly words: HopLabel;
  /** "1st", "2nd": which of the sender's CPU copies this is, from 1; null for every other hop. */
  readonly senderCopy: number | null;
}

export interface Drawing {
  readonly path: Path;
  readonly boxes: readonly Box[];
  readonly hops: readonly DrawnHop[];
  readonly height: number;
  /** Height at which the receiving side begins; null when the path ends at the card. */
  readonly receiverFrom: number | null;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Lays out paths that stand beside each other. @param counted what was counted of each, where something was */
export function layOut(
  paths: readonly Path[],
  route: Route,
  counted: readonly (CountedPath | undefined)[] = [],
): Drawing[] {
  const step = counted.some((path) => path !== undefined) ? COUNTED_STEP : STEP;
  const used = new Set(paths.flatMap((path) => placesOf(path, route)));
  const rows = order.filter((place) => used.has(place));
  const y = (place: Place) => TOP + rows.indexOf(place) * step;
  const height = TOP + (rows.length - 1) * step + BOX.height + 12;
  const firstReceiving = rows.find((place) => receiving.has(place));
  const receiverFrom = firstReceiving ? y(firstReceiving) - 9 : null;

  return paths.map((path, which) => {
    const own = new Set(placesOf(path, route));
    // A place of the kernel that is passed by would stand in the way of the line that passes it.
    const boxes = rows
      .filter((place) => own.has(place) || programs.has(place))
      .map((place): Box => ({ place, ...corner(place, y(place)), ...BOX, passedBy: !own.has(place) }));
    const box = (place: Place) => boxes.find((each) => each.place === place) as Box;
    let copies = 0;
    const hops = path.hops(route).map((hop, index): DrawnHop => {
      const senderCopy = isSenderCopy(hop) ? ++copies : null;
      const words = hopLabel(hop, counted[which]?.hops[index]);
      return { hop, ...connect(box(hop.from), box(hop.to), step), words, senderCopy };
    });
    return { path, boxes, hops, height, receiverFrom };
  });
}

function placesOf(path: Path, route: Route): Place[] {
  return path.hops(route).flatMap((hop) => [hop.from, hop.to]);
}

function corner(place: Place, y: number): Point {
  return { x: programs.has(place) ? lanes.program : lanes.kernel, y };
}

/** In one lane straight down; across lanes down, over the boundary, down. The mark sits where the payload moves. */
function connect(from: Box, to: Box, step: number): Pick<DrawnHop, 'line' | 'end' | 'mark' | 'label'> {
  const fromX = from.x + from.width / 2;
  const toX = to.x + to.width / 2;
  const start = from.y + from.height;
  const end = { x: toX, y: to.y - 2 };
  const tail = end.y - 6;
  if (fromX === toX) {
    // Past a place that is passed by, the words stay in the gap above it.
    const mark = { x: fromX, y: start + (step - BOX.height) / 2 };
    return {
      line: `M${fromX} ${start}V${tail}`,
      end,
      mark,
      label: { x: fromX + 13, y: mark.y - (step === STEP ? 4 : 10) },
    };
  }
  const middle = start + 15;
  const mark = { x: BOUNDARY, y: middle };
  return { line: `M${fromX} ${start}V${middle}H${toX}V${tail}`, end, mark, label: { x: 90, y: middle + 18 } };
}
