/** How far a guess is from what was measured. Runs in the reader's page, so it imports nothing. */

/** What was measured, the baseline being 100. */
export interface Measured {
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** A number as a reader types it, with a comma or a point; null for what is no number from 0 to 100,000. */
export function guessOf(text: string): number | null {
  const typed = text.trim().replace(',', '.');
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(typed)) return null;
  const guess = Number(typed);
  return guess <= 100_000 ? guess : null;
}

/** `You said 50. That is 12 too low.` */
export function gapText(guess: number, { at, low, high }: Measured): string {
  const said = `You said ${guess}.`;
  if (guess >= low && guess <= high) return `${said} That is inside the interval: as good as measured.`;
  const gap = Math.abs(guess - at);
  const amount = gap < 10 ? Math.round(gap * 10) / 10 : Math.round(gap);
  return `${said} That is ${amount} too ${guess < at ? 'low' : 'high'}.`;
}

/** Where a value stands on the scale, percent of its length. What lies beyond its end stands at the end. */
export function placeOnScale(value: number, most: number): number {
  return Math.round((10_000 * Math.min(value, most)) / most) / 100;
}
