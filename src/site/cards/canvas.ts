/**
 * A drawing in a few inks, as one byte a pixel: which ink, and how much of it. Computed with additions, multiplications and square
 * roots only, so that every machine comes to the same pixels.
 */
import type { Stroke } from './lettering.ts';

/** Steps from no ink to all of it. */
const STEPS = 15;

export type Colour = readonly [red: number, green: number, blue: number];

export class Canvas {
  readonly width: number;
  readonly height: number;
  /** 0 is the paper; ink n has the numbers from 1 + n · STEPS on. */
  readonly pixels: Uint8Array;
  readonly #paper: Colour;
  readonly #inks: readonly Colour[];

  /** @throws {RangeError} for more inks than one byte can tell apart */
  constructor(width: number, height: number, paper: Colour, inks: readonly Colour[]) {
    if (inks.length * STEPS > 255) throw new RangeError(`Cannot mix ${inks.length} inks: at most ${255 / STEPS}`);
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height);
    this.#paper = paper;
    this.#inks = inks;
  }

  /** Colours of the pixels' numbers. */
  get palette(): Colour[] {
    const mixed = this.#inks.flatMap((ink) =>
      Array.from({ length: STEPS }, (_, step) => mix(this.#paper, ink, (step + 1) / STEPS)),
    );
    return [this.#paper, ...mixed];
  }

  /** A rectangle of whole pixels. */
  fill(ink: number, left: number, top: number, width: number, height: number): void {
    for (let y = Math.max(0, top); y < Math.min(this.height, top + height); y++) {
      const from = Math.max(0, left);
      this.pixels.fill((ink + 1) * STEPS, y * this.width + from, y * this.width + Math.min(this.width, left + width));
    }
  }

  /** Draws with a round pen. @param pen its width, pixels */
  draw(ink: number, strokes: readonly Stroke[], pen: number): void {
    for (const stroke of strokes) {
      for (const [index, to] of stroke.entries()) {
        const from = stroke[Math.max(0, index - 1)] ?? to;
        this.#segment(ink, from.x, from.y, to.x, to.y, pen / 2);
      }
    }
  }

  #segment(ink: number, fromX: number, fromY: number, toX: number, toY: number, radius: number): void {
    const [acrossX, acrossY] = [toX - fromX, toY - fromY];
    const length = acrossX * acrossX + acrossY * acrossY;
    const reach = radius + 1;
    const bottom = Math.min(this.height - 1, Math.ceil(Math.max(fromY, toY) + reach));
    const right = Math.min(this.width - 1, Math.ceil(Math.max(fromX, toX) + reach));
    for (let y = Math.max(0, Math.floor(Math.min(fromY, toY) - reach)); y <= bottom; y++) {
      for (let x = Math.max(0, Math.floor(Math.min(fromX, toX) - reach)); x <= right; x++) {
        const along = length === 0 ? 0 : ((x - fromX) * acrossX + (y - fromY) * acrossY) / length;
        const near = Math.min(1, Math.max(0, along));
        const [awayX, awayY] = [x - fromX - near * acrossX, y - fromY - near * acrossY];
        this.#ink(ink, y * this.width + x, radius + 0.5 - Math.sqrt(awayX * awayX + awayY * awayY));
      }
    }
  }

  /** Puts ink on a pixel, never less than it has of it. @param share from 0 to 1; beyond, it is taken for the nearer one */
  #ink(ink: number, at: number, share: number): void {
    const step = Math.round(Math.min(1, Math.max(0, share)) * STEPS);
    if (step === 0) return;
    const wanted = ink * STEPS + step;
    const has = this.pixels[at] ?? 0;
    const sameInk = has > ink * STEPS && has <= (ink + 1) * STEPS;
    if (!sameInk || has < wanted) this.pixels[at] = wanted;
  }
}

function mix(paper: Colour, ink: Colour, share: number): Colour {
  const [red, green, blue] = paper.map((value, at) => Math.round(value + ((ink[at] ?? 0) - value) * share));
  return [red ?? 0, green ?? 0, blue ?? 0];
}
