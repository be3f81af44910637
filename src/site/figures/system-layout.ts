/**
 * Where everything of a system drawing stands: a record's way through three machines, 320 units wide. Devices in the left lane,
 * the kernel's memory in the middle, the programs' on the right, a row for each place. Paths drawn beside each other share the rows.
 */
import { type Path, type Spot, type SystemHop, spotKey, systemHops } from '#model/paths/index.ts';
import { type HopLabel, hopLabel } from './path-words.ts';
import { placeName } from './system-words.ts';

export const SYSTEM_WIDTH = 320;

const BOX = { width: 94, height: 28 };
const lanes = { device: 6, kernel: 113, program: 220 };
type Lane = keyof typeof lanes;
export const laneCentres: Readonly<Record<Lane, number>> = {
  device: lanes.device + BOX.width / 2,
  kernel: lanes.kernel + BOX.width / 2,
  program: lanes.program + BOX.width / 2,
};

const TOP = 42;
/** Between two rows; between page cache and disk, where two hops stand under each other; between two machines. */
const GAP = { usual: 36, stored: 66, network: 44 };

/** Rows from the producer's memory to the consumer's; a drawing has those that one of its paths passes. */
const order = [
  'producer, user memory, in',
  'producer, send queue, in',
  'producer, network card, in',
  'broker, network card, in',
  'broker, receive queue, in',
  'broker, user memory, in',
  'broker, page cache, in',
  'broker, disk, in',
  'broker, user memory, out',
  'broker, pipe, out',
  'broker, send queue, out',
  'broker, network card, out',
  'consumer, network card, out',
  'consumer, receive queue, out',
  "consumer, receiver's memory, out",
];

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface SystemBox extends Point {
  readonly spot: Spot;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Drawn faintly, because this path passes it by. */
  readonly passedBy: boolean;
}

export interface DrawnSystemHop {
  readonly hop: SystemHop;
  readonly line: string;
  /** Tip of the arrow, and whether it points up. */
  readonly end: Point & { readonly up: boolean };
  readonly mark: Point;
  readonly label: Point & { readonly anchor: 'start' | 'end' };
  readonly words: HopLabel;
  /** Which of the broker's CPU copies this is, from 1; null for every other hop. */
  readonly copy: number | null;
}

export interface SystemDrawing {
  readonly path: Path;
  readonly boxes: readonly SystemBox[];
  readonly hops: readonly DrawnSystemHop[];
  /** Where a machine begins. */
  readonly machines: readonly { readonly machine: string; readonly y: number }[];
  readonly height: number;
}

/** Lays out the same system with one path or another beside it. @throws {RangeError} for a place that has no row */
export function layOutSystem(paths: readonly Path[]): SystemDrawing[] {
  const spots = new Map(paths.flatMap((path) => spotsOf(path)).map((spot) => [spotKey(spot), spot]));
  const unknown = [...spots.keys()].find((key) => !order.includes(key));
  if (unknown) throw new RangeError(`Cannot draw the place '${unknown}': known are ${order.join('; ')}`);
  const rows = order.flatMap((key) => spots.get(key) ?? []);
  const tops = topsOf(rows);
  const height = Math.max(...tops.values()) + BOX.height + 8;
  const machines = rows.flatMap((spot, index) => {
    const before = rows[index - 1];
    const top = tops.get(spotKey(spot)) ?? 0;
    return before?.machine === spot.machine ? [] : [{ machine: spot.machine, y: before ? top - 15 : 20 }];
  });
  return paths.map((path) => {
    const own = new Set(spotsOf(path).map(spotKey));
    const boxes = rows
      .filter((spot) => own.has(spotKey(spot)) || laneOf(spot) === 'program')
      .map((spot): SystemBox => {
        const place = { x: lanes[laneOf(spot)], y: tops.get(spotKey(spot)) ?? 0 };
        return { spot, name: placeName(spot), ...place, ...BOX, passedBy: !own.has(spotKey(spot)) };
      });
    return { path, boxes, hops: drawHops(path, boxes), machines, height };
  });
}

function spotsOf(path: Path): Spot[] {
  return systemHops(path).flatMap(({ from, to }) => [from, to]);
}

function laneOf({ place }: Spot): Lane {
  if (place === 'disk' || place === 'network card') return 'device';
  return place === 'user memory' || place === "receiver's memory" ? 'program' : 'kernel';
}

function topsOf(rows: readonly Spot[]): Map<string, number> {
  let y = TOP;
  return new Map(
    rows.map((spot, index) => {
      const before = rows[index - 1];
      if (before) y += BOX.height + gapAfter(before, spot);
      return [spotKey(spot), y];
    }),
  );
}

function gapAfter(spot: Spot, next: Spot): number {
  if (spot.machine !== next.machine) return GAP.network;
  return spot.place === 'page cache' ? GAP.stored : GAP.usual;
}

function drawHops(path: Path, boxes: readonly SystemBox[]): DrawnSystemHop[] {
  const boxOf = (spot: Spot) => boxes.find((box) => spotKey(box.spot) === spotKey(spot)) as SystemBox;
  let copies = 0;
  return systemHops(path).map((hop) => {
    const copy = hop.by === 'cpu' && hop.from.machine === 'broker' ? ++copies : null;
    const [from, to] = [boxOf(hop.from), boxOf(hop.to)];
    const way = to.y < from.y ? upwards(from, to) : hop.to.place === 'disk' ? toDisk(from, to) : downwards(from, to);
    return { hop, ...way, words: wordsOf(hop), copy };
  });
}

function wordsOf(hop: SystemHop): HopLabel {
  if (hop.by === 'network') return { who: 'over the network', when: '' };
  const { from, to, when, ...rest } = hop;
  const label = hopLabel({ ...rest, by: hop.by, from: from.place, to: to.place });
  return when === 'cold' ? { ...label, when: `${label.when}, if cold` } : label;
}

type Way = Pick<DrawnSystemHop, 'line' | 'end' | 'mark' | 'label'>;

/** Down to the next lane; its words stand on the side of the kernel's lane where nothing is drawn. */
function downwards(from: SystemBox, to: SystemBox): Way {
  const [x, toX] = [centre(from), centre(to)];
  const start = from.y + from.height;
  const end = { x: toX, y: to.y - 2, up: false };
  if (x === toX) {
    // Past the disk's row the words stand in the gap below it.
    const y = to.y - start > GAP.stored ? start + GAP.stored + BOX.height + GAP.usual / 2 : (start + to.y) / 2;
    return {
      line: `M${x} ${start}V${end.y - 6}`,
      end,
      mark: { x, y },
      label: { x: x + 13, y: y - 5, anchor: 'start' },
    };
  }
  const y = to.y - GAP.usual / 2 - 2;
  const withProgram = Math.max(x, toX) === laneCentres.program;
  return {
    line: `M${x} ${start}V${y}H${toX}V${end.y - 6}`,
    end,
    mark: { x: (x + toX) / 2, y },
    label: withProgram
      ? { x: laneCentres.kernel - 12, y: y - 3, anchor: 'end' }
      : { x: laneCentres.kernel + 12, y: y - 3, anchor: 'start' },
  };
}

/** Out to the disk above the way back, so that the two do not cross. */
function toDisk(from: SystemBox, to: SystemBox): Way {
  const [x, toX] = [centre(from) - 28, centre(to) - 14];
  const [start, end] = [from.y + from.height, { x: toX, y: to.y - 2, up: false }];
  const y = start + 18;
  return {
    line: `M${x} ${start}V${y}H${toX}V${end.y - 6}`,
    end,
    mark: { x: (x + toX) / 2, y },
    label: { x: laneCentres.kernel + 12, y: y - 3, anchor: 'start' },
  };
}

function upwards(from: SystemBox, to: SystemBox): Way {
  const [x, toX] = [centre(from) + 14, centre(to) - 14];
  const end = { x: toX, y: to.y + to.height + 2, up: true };
  const y = from.y - 18;
  return {
    line: `M${x} ${from.y}V${y}H${toX}V${end.y + 6}`,
    end,
    mark: { x: (x + toX) / 2, y },
    label: { x: laneCentres.kernel + 12, y: y - 3, anchor: 'start' },
  };
}

const centre = (box: SystemBox) => box.x + box.width / 2;
