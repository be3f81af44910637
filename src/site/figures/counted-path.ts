/** What the kernel was seen to do at each hop of a path model: the counted side of a data-path figure. */
import type { Site } from '#model/count-sample.ts';
import { copyPlaceOf, type Hop, type Path, queuesReference, type Route, routeOfLink } from '#model/paths/index.ts';
import type { CountResult, Factors } from '#model/result.ts';
import {
  type CopiesPerByte,
  copiesPerByte,
  copyPlaces,
  factorGroups,
  plainFactors,
  seriesOf,
} from '#model/statistics.ts';

/** A kernel function that was watched, with its callers, innermost first. */
export interface Seen {
  readonly function: string;
  readonly stack: readonly string[];
  /** Bytes for each payload byte. */
  readonly perByte: number;
}

export interface CountedHop {
  /** Times that each byte was copied or, where the hop queues pages, handed on by reference; null for what is not counted. */
  readonly perByte: number | null;
  /** The functions that did it, the one with most bytes first. */
  readonly seen: readonly Seen[];
}

export interface CountedPath {
  /** One for each hop of the path, in its order. */
  readonly hops: readonly CountedHop[];
  readonly copies: CopiesPerByte;
  /** Copies of each byte at places that the path does not know. */
  readonly elsewhere: number;
}

/** Callers that are kept: as far as the system call that reads or writes; further out, soft interrupts come from anywhere. */
const CALLERS = 8;

/** A path as it was counted; undefined where the result has no transfer by this technique and route. */
export function countPath(result: CountResult, path: Path, route: Route): CountedPath | undefined {
  const factors = factorsOfRoute(result, route);
  const series = factors && seriesOf(result, path.technique, factors);
  const copies = series && copiesPerByte(series);
  if (!copies) return undefined;
  const payload = series.samples.reduce((sum, { payloadBytes }) => sum + payloadBytes, 0);
  const sites = series.samples.flatMap((sample) => sample.sites ?? []);
  const hops = path.hops(route);
  const known = new Set(hops.map(copyPlaceOf));
  return {
    hops: hops.map((hop) => countHop(hop, copies, seenAt(sites.filter(belongsTo(hop)), payload))),
    copies,
    elsewhere: copyPlaces.filter((place) => !known.has(place)).reduce((sum, place) => sum + copies.places[place], 0),
  };
}

function countHop(hop: Hop, copies: CopiesPerByte, seen: readonly Seen[]): CountedHop {
  const place = copyPlaceOf(hop);
  if (place) return { perByte: copies.places[place], seen };
  return queuesReference(hop) ? { perByte: copies.referenced, seen } : { perByte: null, seen: [] };
}

function belongsTo(hop: Hop): (site: Site) => boolean {
  const place = copyPlaceOf(hop);
  if (place) return (site) => site.what === 'copy' && site.place === place;
  return (site) => queuesReference(hop) && site.what === 'reference';
}

/** Sites by function and nearest callers. @param payload bytes of all transfers together */
export function seenAt(sites: readonly Site[], payload: number): Seen[] {
  const groups = new Map<string, { function: string; stack: readonly string[]; bytes: number }>();
  for (const { function: name, stack, bytes } of sites) {
    const near = stack.slice(0, CALLERS);
    const key = [name, ...near].join(' ');
    const group = groups.get(key) ?? { function: name, stack: near, bytes: 0 };
    group.bytes += bytes;
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ bytes, ...where }) => ({ ...where, perByte: bytes / payload }))
    .sort((one, other) => other.perByte - one.perByte);
}

/** The first counted link of a route, with everything else as in the plainest group. */
function factorsOfRoute(result: CountResult, route: Route): Factors | undefined {
  const { link: _, ...plain } = plainFactors(result);
  return factorGroups(result).find(
    ({ link, ...others }) =>
      routeOfLink[String(link)] === route && Object.entries(plain).every(([name, value]) => others[name] === value),
  );
}
