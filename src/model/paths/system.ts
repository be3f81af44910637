/**
 * The whole way of a record through a log broker: from the producer's memory to a consumer's. What comes in is the same
 * with every technique; what goes out passes the broker as the technique's path model says.
 */
import type { Actor, Hop, Path, Place } from './path.ts';

export type Machine = 'producer' | 'broker' | 'consumer';

/** A place in one of the machines. `twice`: the broker's memory, queues and cards, which a record passes in and out. */
export interface Spot {
  readonly machine: Machine;
  readonly place: Place;
  readonly passage: 'in' | 'out';
}

/** Who moves the bytes: one of the three actors, or the cable between two cards. */
export type Mover = Actor | 'network';

export interface SystemHop {
  readonly from: Spot;
  readonly to: Spot;
  readonly by: Mover;
  /** The system call during which it happens, `later`, `arrival` of packets or, on the network, nothing. */
  readonly during: string;
  readonly kernel: string;
  readonly when?: 'cold';
}

/** Places that a record lies in once, whether it is on its way in or out. */
const stored: ReadonlySet<Place> = new Set(['page cache', 'disk']);

const spot = (machine: Machine, place: Place, passage: Spot['passage'] = 'in'): Spot => ({
  machine,
  place,
  passage: stored.has(place) ? 'in' : passage,
});

/** One name for each spot: `broker, network card, out`. */
export function spotKey({ machine, place, passage }: Spot): string {
  return `${machine}, ${place}, ${passage}`;
}

const COPY_IN = 'tcp_sendmsg_locked → _copy_from_iter';
const COPY_OUT = 'skb_copy_datagram_iter → _copy_to_iter';
const DRIVER = 'the driver maps each fragment';
const RECEIVED = 'the card fills pages that the driver gave it';

/** From the producer's memory to the broker's disk: the same whatever way the broker sends. */
const incoming: readonly SystemHop[] = [
  {
    from: spot('producer', 'user memory'),
    to: spot('producer', 'send queue'),
    by: 'cpu',
    during: 'write',
    kernel: COPY_IN,
  },
  {
    from: spot('producer', 'send queue'),
    to: spot('producer', 'network card'),
    by: 'dma',
    during: 'later',
    kernel: DRIVER,
  },
  {
    from: spot('producer', 'network card'),
    to: spot('broker', 'network card'),
    by: 'network',
    during: '',
    kernel: '',
  },
  {
    from: spot('broker', 'network card'),
    to: spot('broker', 'receive queue'),
    by: 'dma',
    during: 'arrival',
    kernel: RECEIVED,
  },
  {
    from: spot('broker', 'receive queue'),
    to: spot('broker', 'user memory'),
    by: 'cpu',
    during: 'read',
    kernel: COPY_OUT,
  },
  {
    from: spot('broker', 'user memory'),
    to: spot('broker', 'page cache'),
    by: 'cpu',
    during: 'write',
    kernel: 'generic_perform_write → copy_folio_from_iter_atomic',
  },
  {
    from: spot('broker', 'page cache'),
    to: spot('broker', 'disk'),
    by: 'dma',
    during: 'later',
    kernel: 'writeback: do_writepages',
  },
];

/** From the broker's card on: the same again. */
const delivered: readonly SystemHop[] = [
  {
    from: spot('broker', 'network card', 'out'),
    to: spot('consumer', 'network card', 'out'),
    by: 'network',
    during: '',
    kernel: '',
  },
  {
    from: spot('consumer', 'network card', 'out'),
    to: spot('consumer', 'receive queue', 'out'),
    by: 'dma',
    during: 'arrival',
    kernel: RECEIVED,
  },
  {
    from: spot('consumer', 'receive queue', 'out'),
    to: spot('consumer', "receiver's memory", 'out'),
    by: 'cpu',
    during: 'read',
    kernel: COPY_OUT,
  },
];

/** Every hop of a record, in order, when the broker sends by this path. */
export function systemHops(path: Path): readonly SystemHop[] {
  const out = path.hops('card').map(
    (hop: Hop): SystemHop => ({
      ...hop,
      from: spot('broker', hop.from, 'out'),
      to: spot('broker', hop.to, 'out'),
    }),
  );
  return [...incoming, ...out, ...delivered];
}

/** Copies of the payload that CPUs make, by where they are made. */
export function systemCopies(path: Path): { readonly in: number; readonly out: number; readonly ends: number } {
  const copies = systemHops(path).filter(({ by }) => by === 'cpu');
  const own = copies.filter(({ from }) => from.machine === 'broker');
  const into = own.filter(({ to }) => to.passage === 'in').length;
  return { in: into, out: own.length - into, ends: copies.length - own.length };
}
