/** The words of a system figure: places by the names that readers of Kafka know, hops as sentences, copies with their place. */
import { type Path, type Spot, type SystemHop, systemCopies, systemHops } from '#model/paths/index.ts';
import { capital } from '#model/words/capital.ts';
import { hopSentence } from './path-words.ts';

/** A place as its box is labelled: a program's memory by the program. */
export function placeName({ machine, place }: Spot): string {
  return place === 'user memory' || place === "receiver's memory" ? machine : place;
}

/** The same with its machine, for lists and tables: `the broker's page cache`. */
export function placeInFull(spot: Spot): string {
  const own = placeName(spot) === spot.machine ? 'memory' : spot.place;
  return `the ${spot.machine}'s ${own}`;
}

/** One sentence a hop. */
export function systemSentence(hop: SystemHop): string {
  const way = `${capital(placeInFull(hop.from))} to ${placeInFull(hop.to)}`;
  if (hop.by === 'network') return `${way}: over the network.`;
  const { from, to, by, ...rest } = hop;
  const told = hopSentence({ ...rest, by, from: from.place, to: to.place });
  return way + told.slice(told.indexOf(':'));
}

/** `4 CPU copies at the broker: 2 in, 2 out`: never without the place. */
export function systemCount(path: Path): string {
  const { in: into, out } = systemCopies(path);
  return `${into + out} CPU copies at the broker: ${into} in, ${out === 0 ? 'none' : out} out`;
}

/** The way in one sentence, for the drawing's accessible name. */
export function systemName(path: Path): string {
  const hops = systemHops(path);
  const passed = [hops[0]?.from, ...hops.map(({ to }) => to)].flatMap((spot) => (spot ? [placeInFull(spot)] : []));
  return `${passed.join(', ')}. ${systemCount(path)}.`;
}
