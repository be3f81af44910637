/** The image that stands for a page where somebody shares its address: 1200 × 630, a leaf of the same pad. */
import { Canvas, type Colour } from './canvas.ts';
import { lineHeight, type Stroke, wrap, write } from './lettering.ts';

export const CARD = { width: 1200, height: 630 };

/** What a card says. */
export interface Card {
  /** `Kafka`, `Claim A2`. */
  readonly kicker: string;
  readonly title: string;
  /** Lines below the title with their labels: `The sources`, `False`. */
  readonly verdicts: readonly { readonly label: string; readonly words: string }[];
}

/** The light colours of styles/tokens.css; a test holds them equal. */
export const colours = {
  paper: [0xf7, 0xf9, 0xf3],
  grid: [0xe4, 0xeb, 0xdf],
  ink: [0x18, 0x20, 0x1b],
  muted: [0x56, 0x61, 0x59],
  accent: [0xa3, 0x28, 0x1c],
  cpu: [0x87, 0x50, 0x00],
  dma: [0x1b, 0x5b, 0xa3],
  reference: [0x00, 0x68, 0x5b],
} as const satisfies Record<string, Colour>;

const inks = ['grid', 'ink', 'muted', 'accent', 'cpu', 'dma', 'reference'] as const;
const ink = Object.fromEntries(inks.map((name, at) => [name, at])) as Record<(typeof inks)[number], number>;

const LEFT = 116;
const WIDTH = CARD.width - LEFT - 70;
const SQUARE = 30;
/** Heights of a title's capitals, the largest that fits is taken; and how much room there is, pixels. */
const SIZES = [58, 50, 43, 37, 32, 27];
const ROOM = { alone: 310, withVerdicts: 225 };

/** @throws {RangeError} for a title that has no room, or a sign that has no glyph */
export function drawCard({ kicker, title, verdicts }: Card): Canvas {
  const canvas = new Canvas(
    CARD.width,
    CARD.height,
    colours.paper,
    inks.map((name) => colours[name]),
  );
  for (let x = SQUARE; x < CARD.width; x += SQUARE) canvas.fill(ink.grid, x, 0, 1, CARD.height);
  for (let y = SQUARE; y < CARD.height; y += SQUARE) canvas.fill(ink.grid, 0, y, CARD.width, 1);
  canvas.fill(ink.accent, LEFT - 36, 0, 2, CARD.height);

  canvas.draw(ink.accent, write(kicker, 22, { x: LEFT, y: 96 }), 3);
  const room = verdicts.length > 0 ? ROOM.withVerdicts : ROOM.alone;
  const { size, lines } = fitted(title, room);
  const first = 144 + size;
  for (const [index, line] of lines.entries()) {
    canvas.draw(ink.ink, write(line, size, { x: LEFT, y: first + index * lineHeight(size) }), size / 8);
  }
  for (const [index, { label, words }] of verdicts.entries()) {
    const y = 430 + index * 50;
    canvas.draw(ink.muted, write(label, 20, { x: LEFT, y }), 2.4);
    canvas.draw(ink.ink, write(words, 24, { x: LEFT + 260, y }), 4);
  }
  drawFoot(canvas);
  return canvas;
}

function fitted(title: string, room: number): { readonly size: number; readonly lines: readonly string[] } {
  for (const size of SIZES) {
    const lines = wrap(title, size, WIDTH);
    if (lines.length * lineHeight(size) <= room) return { size, lines };
  }
  throw new RangeError(`Cannot fit '${title}' on a card: expected at most ${room} pixels of lines`);
}

/** The three meanings as they are drawn everywhere, and whose page it is. */
function drawFoot(canvas: Canvas): void {
  const y = 560;
  canvas.draw(ink.ink, write('Zero Copy, Measured', 22, { x: LEFT, y: y + 8 }), 3);
  const [from, length] = [720, 90];
  const line = (start: number): Stroke[] => [[at(start, y), at(start + length, y)]];
  canvas.draw(ink.cpu, line(from), 4);
  canvas.draw(ink.cpu, [[at(from + length / 2, y)]], 26);
  const dma = from + length + 40;
  for (let x = 0; x < length; x += 18) canvas.draw(ink.dma, [[at(dma + x, y), at(dma + x + 8, y)]], 4);
  for (let side = 0; side <= 10; side++) canvas.draw(ink.dma, [diamond(dma + length / 2, y, side)], 2.5);
  const reference = dma + length + 40;
  for (let x = 1; x <= length; x += 11) {
    // The ring is open: no dot stands in it.
    if (Math.abs(x - length / 2) > 12) canvas.draw(ink.reference, [[at(reference + x, y)]], 5);
  }
  canvas.draw(ink.reference, [ring(reference + length / 2, y, 10)], 5);
}

const at = (x: number, y: number) => ({ x, y });

function diamond(x: number, y: number, side: number): Stroke {
  return [at(x, y - side), at(x + side, y), at(x, y + side), at(x - side, y), at(x, y - side)];
}

function ring(x: number, y: number, radius: number): Stroke {
  return Array.from({ length: 33 }, (_, step) => {
    const angle = (step * Math.PI) / 16;
    return at(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  });
}
