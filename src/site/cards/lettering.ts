/**
 * Letters of this project's own, drawn with a pen of one width, for images: no font of the machine has a say in them. A glyph is
 * its width and its strokes, in units of which a capital has 14 above the line; a stroke is points `x,y` and arcs
 * `o<centre x>,<centre y>,<radius x>,<radius y>,<from>,<to>` in degrees, counter-clockwise from the right.
 */
import { glyphs } from './glyphs.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Stroke = readonly Point[];

/** Units from one glyph to the next, of a space, and from line to line. */
const BETWEEN = 3.2;
const SPACE = 6;
const LINE = 25;
/** Units of a capital's height. */
export const CAPITAL = 14;

/** Signs that are drawn as others. */
const same: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '\u00a0': ' ',
  '‑': '-',
  '−': '–',
};

/** @throws {RangeError} for a sign that has no glyph */
function glyphOf(sign: string): { readonly width: number; readonly strokes: string } {
  const glyph = glyphs[sign] ?? glyphs[same[sign] ?? ''];
  if (!glyph) throw new RangeError(`Cannot draw '${sign}': give it a glyph in src/site/cards/glyphs.ts`);
  return { width: glyph[0], strokes: glyph[1] };
}

/** Width of one line, pixels. @param size pixels of a capital's height */
export function widthOf(text: string, size: number): number {
  const units = [...text].reduce((sum, sign) => sum + advance(sign), 0) - BETWEEN;
  return (Math.max(0, units) * size) / CAPITAL;
}

function advance(sign: string): number {
  return isSpace(sign) ? SPACE : glyphOf(sign).width + BETWEEN;
}

const isSpace = (sign: string) => sign === ' ' || same[sign] === ' ';

/** Words in lines that are no wider than `width` pixels, unless a single word is. */
export function wrap(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = [lines.at(-1), word].filter(Boolean).join(' ');
    if (lines.length > 0 && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** From one line to the next, pixels. */
export function lineHeight(size: number): number {
  return Math.round((LINE * size) / CAPITAL);
}

/** Strokes of one line. @param at where its baseline begins */
export function write(text: string, size: number, at: Point): Stroke[] {
  const scale = size / CAPITAL;
  let pen = at.x;
  return [...text].flatMap((sign) => {
    const left = pen;
    pen += advance(sign) * scale;
    if (isSpace(sign)) return [];
    return strokesOf(glyphOf(sign).strokes).map((stroke) =>
      stroke.map(({ x, y }) => ({ x: left + x * scale, y: at.y - y * scale })),
    );
  });
}

/** The strokes of a glyph in its own units, y upwards. */
export function strokesOf(strokes: string): Stroke[] {
  return strokes.split(';').map((stroke) =>
    stroke
      .trim()
      .split(/\s+/)
      .flatMap((part) => {
        const numbers = part.replace(/^o/, '').split(',').map(Number);
        return part.startsWith('o') ? arc(numbers) : [{ x: numbers[0] ?? 0, y: numbers[1] ?? 0 }];
      }),
  );
}

function arc([x = 0, y = 0, radiusX = 0, radiusY = 0, from = 0, to = 0]: number[]): Point[] {
  const steps = Math.max(4, Math.ceil(Math.abs(to - from) / 12));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = ((from + ((to - from) * step) / steps) * Math.PI) / 180;
    return { x: x + radiusX * Math.cos(angle), y: y + radiusY * Math.sin(angle) };
  });
}
