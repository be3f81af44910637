/** The words of a data-path figure: what a hop says in the drawing, in the list below it and in its table. */
import type { Actor, Hop, Path, Route } from '#model/paths/index.ts';
import { capital } from '#model/words/capital.ts';
import { formatCopies, spokenCopies } from '#model/words/copies.ts';
import type { CountedHop, CountedPath, Seen } from './counted-path.ts';

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

export interface HopLabel {
  readonly who: string;
  readonly when: string;
  /** The kernel function that was seen to do it. */
  readonly seen?: string | undefined;
}

/** Short lines beside a hop: who moves the payload, when, and what was counted there. */
export function hopLabel(hop: Hop, counted?: CountedHop): HopLabel {
  const who = hop.when === 'cold' ? `${shortNames[hop.by]}, only if cold` : shortNames[hop.by];
  if (!counted) return { who, when: duringWords(hop) };
  const when = [duringWords(hop), countedWords(hop, counted)].filter((words) => words !== '').join(' · ');
  return { who, when, seen: counted.seen[0]?.function };
}

/** `counted 1.00`, `1.00 by reference`; nothing for a reference that is passed on where nobody watched. */
function countedWords(hop: Hop, { perByte }: CountedHop): string {
  if (perByte !== null && hop.by !== 'cpu') return `${formatCopies(perByte)} by reference`;
  if (perByte !== null) return `counted ${formatCopies(perByte)}`;
  return hop.by === 'dma' ? 'not counted' : '';
}

/** The cell of a table: `1.00`, `1.00 by reference`, `not counted`. */
export function countedCell(hop: Hop, { perByte }: CountedHop): string {
  if (perByte !== null) return hop.by === 'cpu' ? formatCopies(perByte) : `${formatCopies(perByte)} by reference`;
  return hop.by === 'dma' ? 'not counted: no copy of the CPU' : 'not counted: no byte moves';
}

/** `copy_page_to_iter ← filemap_read ← vfs_read`: innermost first. @param most callers that are named */
export function callersOf({ stack }: Seen, most = stack.length): string {
  return [...stack.slice(0, most), ...(stack.length > most ? ['…'] : [])].join(' ← ');
}

/** The counted numbers over a drawing. The receiver's own copy stands beside the sender's and is in no sum with it. */
export function countedCount({ copies, elsewhere }: CountedPath): string {
  const counted = `Counted: ${spokenCopies(copies.sender)} at the sender, ${spokenCopies(copies.places.kernelToReceiver)} at the receiver`;
  return elsewhere < 0.005 ? counted : `${counted}; ${formatCopies(elsewhere)} of the sender's where no hop is drawn`;
}

function duringWords(hop: Hop): string {
  if (hop.during === 'later') return 'later, after the call';
  return hop.during.startsWith('a') || hop.during.startsWith('the') ? `at ${hop.during}` : `in ${hop.during}`;
}

/** One sentence a hop, for the ordered list, with what was counted. */
export function hopSentence(hop: Hop, counted?: CountedHop): string {
  const sentence = plainSentence(hop);
  if (!counted) return sentence;
  const [seen] = counted.seen;
  if (counted.perByte === null) return hop.by === 'dma' ? `${sentence} Not counted.` : sentence;
  const what = hop.by === 'cpu' ? 'copies of each byte' : 'of each byte by reference';
  return `${sentence} Counted: ${formatCopies(counted.perByte)} ${what}${seen ? `, in ${seen.function}` : ''}.`;
}

function plainSentence(hop: Hop): string {
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

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);
