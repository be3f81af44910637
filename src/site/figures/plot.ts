/**
 * Lines over a factor, as positions: percent across, so that it fits any width without script, and pixels down. Values that
 * double from one to the next stand on a logarithmic axis, unless a straight line is to look straight.
 */
import * as scales from './scale.ts';

type Value = string | number;

export interface PlotLine {
  readonly title: string;
  readonly points: readonly { readonly at: Value; readonly y: number; readonly low: number; readonly high: number }[];
  /** Where this line changes sides: from and to which value. */
  readonly turn?: readonly [Value, Value] | undefined;
}

export interface PlotOptions {
  /** `linear`: also where values double. */
  readonly x?: 'linear';
  /** `log` for ratios, whose 2 and ½ are alike; `linear` starts at 0. */
  readonly y: 'log' | 'linear';
  readonly formatY: (value: number) => string;
  readonly formatX: (value: Value) => string;
  /** What the ticks of a linear axis are round multiples of: 2 ** 20 where values are in MiB; 1 by default. */
  readonly unit?: number;
  /** A value that is marked with a line: 1 for ratios. */
  readonly mark?: number;
}

export interface Plot {
  readonly lines: readonly {
    readonly title: string;
    readonly dots: readonly { readonly x: number; readonly y: number; readonly low: number; readonly high: number }[];
    readonly turn: { readonly from: number; readonly to: number } | null;
  }[];
  /** `tight` ones touch their neighbours on a small screen. */
  readonly xTicks: readonly { readonly at: number; readonly label: string; readonly tight: boolean }[];
  readonly yTicks: readonly { readonly at: number; readonly label: string }[];
  readonly mark: number | null;
}

/** Pixels from the top of the plot to its floor. */
export const PLOT_HEIGHT = 220;

/** How the line with this number looks, for those who do not see it; styles/answer.css draws it so. */
export function lookOf(index: number): string {
  return LOOKS[index] ?? 'line';
}

const LOOKS = [
  'line with filled dots',
  'dashed line with open dots',
  'grey line with filled dots',
  'grey dashed line with open dots',
  'dotted line',
  'grey dotted line',
] as const;

/** Where the outermost dots stand, percent. */
const SIDES: [number, number] = [5, 95];
/** Room above the highest dot, for the label of its tick, pixels. */
const HEADROOM = 18;
/** Two labels nearer than this would touch: on any screen, and on one of 320 pixels. Percent. */
const LABEL_WIDTHS = { always: 10, small: 24 };

/** Places lines, ticks and the marked value. */
export function drawPlot(lines: readonly PlotLine[], { x, y, formatY, formatX, unit = 1, mark }: PlotOptions): Plot {
  const values = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))];
  const across = scaleOf(values, x === 'linear');
  const highs = lines.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high]));
  const down = y === 'log' ? logScale([...highs, mark ?? 1]) : linearScale(highs);
  const place = (value: number) => rounded(down(value));
  return {
    lines: lines.map(({ title, points, turn }) => ({
      title,
      dots: [...points]
        .map((point) => ({
          x: rounded(across(point.at)),
          y: place(point.y),
          low: place(point.low),
          high: place(point.high),
        }))
        .sort((a, b) => a.x - b.x),
      turn: turn ? { from: rounded(across(turn[0])), to: rounded(across(turn[1])) } : null,
    })),
    xTicks: xTicksOf(values.map((value) => ({ at: rounded(across(value)), label: formatX(value) }))),
    yTicks: ticksOf(down, y, unit).map((value) => ({ at: place(value), label: formatY(value) })),
    mark: mark === undefined ? null : place(mark),
  };
}

/** Numbers on a line, logarithmic where they double; words side by side. */
function scaleOf(values: readonly Value[], linear: boolean): (value: Value) => number {
  const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  if (numbers.length < values.length || numbers.length === 0) {
    const places = scales.linearScale([0, values.length - 1], SIDES);
    return (value) => places(values.indexOf(value));
  }
  const ends: [number, number] = [numbers[0] as number, numbers.at(-1) as number];
  if (ends[0] === ends[1]) return () => 50;
  const scale = doubles(numbers) && !linear ? scales.logScale(ends, SIDES) : scales.linearScale(ends, SIDES);
  return (value) => scale(Number(value));
}

/** Whether each value is at least the double of the one before. */
function doubles(ascending: readonly number[]): boolean {
  return (
    ascending.length > 2 &&
    (ascending[0] as number) > 0 &&
    ascending.slice(1).every((value, at) => value >= 2 * (ascending[at] as number))
  );
}

function logScale(values: readonly number[]): scales.Scale {
  const positive = values.filter((value) => value > 0);
  // A quarter more on both sides, so that no dot stands on the frame and a flat line does not fill the plot.
  return scales.logScale([Math.min(...positive) / 1.25, Math.max(...positive) * 1.25], [PLOT_HEIGHT, HEADROOM]);
}

function linearScale(values: readonly number[]): scales.Scale {
  const most = Math.max(0, ...values);
  const least = Math.min(0, ...values);
  return scales.linearScale([least, most > least ? most : least + 1], [PLOT_HEIGHT, HEADROOM]);
}

/** At most five, all of them round. Of a logarithmic axis those that read well as a multiple. */
function ticksOf(scale: scales.Scale, y: 'log' | 'linear', unit: number): number[] {
  const [low, high] = scale.domain;
  const round = (by: number) => scales.ticksOf(scales.linearScale([low / by, high / by], [0, 1]), 4);
  if (y === 'linear') return round(unit).map((value) => value * unit);
  const inside = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].filter((one) => one >= low && one <= high);
  return inside.length >= 3 ? thinned(inside) : round(1);
}

/** Every second one, 1 among them, where there are more than five. */
function thinned(values: readonly number[]): number[] {
  if (values.length <= 5) return [...values];
  const offset = Math.max(0, values.indexOf(1)) % 2;
  return values.filter((_, at) => at % 2 === offset);
}

function xTicksOf(ticks: readonly { at: number; label: string }[]): Plot['xTicks'] {
  const kept = apart(ticks, LABEL_WIDTHS.always);
  const loose = apart(kept, LABEL_WIDTHS.small);
  return kept.map((tick) => ({ ...tick, tight: !loose.includes(tick) }));
}

/** Labels that do not touch, from the last to the first: the largest value is always named. */
function apart<T extends { readonly at: number }>(ticks: readonly T[], width: number): T[] {
  const kept: T[] = [];
  for (const tick of [...ticks].sort((a, b) => b.at - a.at)) {
    if (kept.every(({ at }) => Math.abs(at - tick.at) >= width)) kept.unshift(tick);
  }
  return kept;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
