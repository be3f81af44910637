/** The numbers behind a finding, each with what it is. */
import type { Shown } from '../../claims/claim.ts';
import { type FactorWords, formatFactors } from '../factors.ts';
import { quantities, type Titles } from './quantities.ts';

/**
 * A number with what it is: `sendfile, loopback TCP: 0 copies of each byte at the sender`.
 *
 * @param titles variant → title, and `words` of the factors, as the catalogue has them for the lab
 */
export function shownText(shown: Shown, titles: Titles, words: FactorWords = {}): string {
  const where = formatFactors(shown.factors, undefined, words);
  return `${titles[shown.variant] ?? shown.variant}${where && `, ${where}`}: ${quantities[shown.what](shown, titles, words)}`;
}
