/** How many faults a lookup may cost: what a search and a scan of the same mapped index cost here. */
import { Mapping, Meter, open } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';

const ENTRY_BYTES = 8;

export interface FaultScale {
  /** Faults of one lookup, the median of several. */
  readonly search: number;
  readonly scan: number;
  /** What is still taken for a search. */
  readonly allowed: number;
}

/**
 * Looks every target up both ways, each time in a new mapping, and counts minor faults: getrusage(2). A fault maps the
 * pages around it as well (64 KiB by default), so a scan has fewer faults than the index has pages.
 * @throws {CannotRunHere} where the two cannot be told apart
 */
export function faultScale(path: string, bytes: number, targets: readonly number[]): FaultScale {
  const search = median(targets.map((target) => faultsOf(path, bytes, (view) => searchIn(view, target))));
  const scan = median(targets.map(() => faultsOf(path, bytes, scanAll)));
  // Twice a search's, and some for what a program does beside it.
  const allowed = 2 * search + 8;
  if (scan < 2 * allowed) throw new CannotRunHere('faults-say-nothing');
  return { search, scan, allowed };
}

/** The middle one of some counts. */
export function median(counts: readonly number[]): number {
  return counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
}

function faultsOf(path: string, bytes: number, look: (view: Buffer) => void): number {
  using file = open(path);
  using mapping = Mapping.ofFile(file.fd, 0, bytes);
  const view = mapping.view();
  const before = meter.usage().minorFaults;
  look(view);
  return meter.usage().minorFaults - before;
}

const meter = new Meter();

function searchIn(view: Buffer, target: number): void {
  let [low, high] = [0, view.length / ENTRY_BYTES];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (view.readUInt32BE(middle * ENTRY_BYTES) <= target) low = middle + 1;
    else high = middle;
  }
}

/** One byte of every 4096: no page is smaller. */
function scanAll(view: Buffer): void {
  let sum = 0;
  for (let at = 0; at < view.length; at += 4096) sum += view[at] as number;
  if (sum < 0) throw new RangeError('Bytes are not negative');
}
