/** The words of a data-path figure: what a hop says in the drawing, in the list below it and in its table. */
import type { Actor, Hop, Path, Route } from '#model/paths/index.ts';

const shortNames: Record<Actor, string> = {
  cpu: 'copied by the CPU',
  dma: 'moved by DMA',
  reference: 'page reference',
};

/** For whom a path is drawn: the end of a sentence. */
export const routeWords: Readonly<Record<Route, string>> = {
  loopback: ', for a receiver in the same machine.',
  card: ', for a network card that can gather.',
  'no-gather': ', for a device that cannot gather, with the receiver in the same machine.',
};

/** Two short lines beside a hop: who moves the payload, and when. */
export function hopLabel(hop: Hop): [string, string] {
  const who = hop.when === 'cold' ? `${shortNames[hop.by]}, only if cold` : shortNames[hop.by];
  return [who, duringWords(hop)];
}

function duringWords(hop: Hop): string {
  if (hop.during === 'later') return 'later, after the call';
  return hop.during.startsWith('a') || hop.during.startsWith('the') ? `at ${hop.during}` : `in ${hop.during}`;
}

/** One sentence a hop, for the ordered list. */
export function hopSentence(hop: Hop): string {
  const route = `${capital(hop.from)} to ${hop.to}`;
  const when = duringWords(hop);
  if (hop.by === 'cpu') return `${route}: the CPU copies every byte, ${when}.`;
  if (hop.by === 'reference') return `${route}: no byte moves, a reference to the same page is passed on, ${when}.`;
  const device =
    hop.to === 'network card' ? 'the card fetches the bytes itself (DMA)' : 'the device writes the bytes itself (DMA)';
  const cold = hop.when === 'cold' ? ', only if the page is not in memory yet' : '';
  return `${route}: ${device}, ${when}${cold}.`;
}

/** Is this copy made at the sender? The receiver's own stands outside the number the articles argue about. */
export const isSenderCopy = (hop: Hop) => hop.by === 'cpu' && hop.to !== "receiver's memory";

/** "2 CPU copies at the sender, 1 at the receiver": never a bare number, and never "0 copies". */
export function copyCount(path: Path, route: Route): string {
  const hops = path.hops(route);
  const sender = hops.filter(isSenderCopy).length;
  const receiver = hops.filter((hop) => hop.by === 'cpu').length - sender;
  const atSender =
    sender === 0 ? 'no CPU copy at the sender' : `${sender} CPU ${plural(sender, 'copy', 'copies')} at the sender`;
  if (receiver > 0) return `${atSender}, ${receiver} at the receiver`;
  return `${atSender}, then the card's DMA`;
}

/** The whole path in one sentence: the drawing's accessible name goes on from its title with it. */
export function pathSentence(path: Path, route: Route): string {
  const places = path.hops(route).flatMap((hop, index) => (index === 0 ? [hop.from, hop.to] : [hop.to]));
  return `${places.join(', ')}; ${copyCount(path, route)}.`;
}

export const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);
