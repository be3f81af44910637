/**
 * The path that the payload takes with one technique: which places it passes, who moves it, and which system calls
 * that takes. Figures are drawn from these models; one test holds them against the traced calls, another against the
 * bytes the kernel was seen to copy. Nothing here touches the machine.
 */

/** Where bytes can lie. The last two belong to the receiving side. */
export type Place =
  | 'disk'
  | 'page cache'
  | 'user memory'
  | 'pipe'
  | 'send queue'
  | 'network card'
  | 'receive queue'
  | "receiver's memory";

/**
 * Who gets the bytes from one place to the next. `dma`: a device. `cpu`: the processor copies every byte.
 * `reference`: no byte moves, the next place holds a reference to the same page.
 */
export type Actor = 'dma' | 'cpu' | 'reference';

/**
 * Where the receiver is: in the same machine (loopback TCP or AF_UNIX), behind a card that can gather, or behind a device
 * inside the machine that cannot (veth with scatter-gather off).
 */
export type Route = 'loopback' | 'card' | 'no-gather';

/** One step of the payload from place to place. */
export interface Hop {
  readonly from: Place;
  readonly to: Place;
  readonly by: Actor;
  /** The system call during which it happens; `later` when the call may have returned already. */
  readonly during: string;
  /** The kernel function that does it, for the reader who wants to look it up. */
  readonly kernel: string;
  /** `cold`: only when the page is not in memory yet. */
  readonly when?: 'cold';
}

/** System calls by name. */
export type Calls = Readonly<Record<string, number>>;

/** What a technique does with `bytes` bytes of a file, asked for in chunks of at most `chunk` bytes. */
export interface Path {
  readonly technique: string;
  /** Short title, as a heading or a table row shows it. */
  readonly title: string;
  /** Hops in the order the payload takes them. */
  hops(route: Route): readonly Hop[];
  /** Calls made once, however long the transfer is. */
  readonly setup: Calls;
  /** Calls that move the payload when no call comes back short. @param bytes total bytes @param chunk bytes a call */
  calls(bytes: number, chunk: number): Calls;
}

/** Largest count one sendfile, read or write call takes: MAX_RW_COUNT in the kernel, sendfile(2) NOTES. Bytes. */
export const MAX_CALL_BYTES = 0x7ffff000;

/** Calls of at most `chunk` bytes that `bytes` bytes need. */
export function callsFor(bytes: number, chunk: number): number {
  return Math.ceil(bytes / Math.min(chunk, MAX_CALL_BYTES));
}

/** Copies of the payload that the CPU makes at the sender: the number the articles argue about. */
export function senderCopies(path: Path, route: Route = 'loopback'): number {
  return path.hops(route).filter((hop) => hop.by === 'cpu' && hop.to !== "receiver's memory").length;
}

/** The first hop of every path: the disk's DMA, only when the page is not in memory. */
export const fromDisk: Hop = {
  from: 'disk',
  to: 'page cache',
  by: 'dma',
  during: 'the first access',
  kernel: 'filemap_get_pages → page_cache_ra_order',
  when: 'cold',
};

/** What happens after the bytes are in the send queue; it is the same for every technique. */
export function afterSendQueue(route: Route): readonly Hop[] {
  const receive: Hop = {
    from: 'receive queue',
    to: "receiver's memory",
    by: 'cpu',
    during: 'recv',
    kernel: 'skb_copy_datagram_iter → _copy_to_iter',
  };
  if (route === 'card') {
    return [
      { from: 'send queue', to: 'network card', by: 'dma', during: 'later', kernel: 'the driver maps each fragment' },
    ];
  }
  const cross: Hop =
    route === 'no-gather'
      ? {
          from: 'send queue',
          to: 'receive queue',
          by: 'cpu',
          during: 'later',
          kernel: 'validate_xmit_skb → skb_segment → skb_copy_bits',
        }
      : {
          from: 'send queue',
          to: 'receive queue',
          by: 'reference',
          during: 'later',
          kernel: 'loopback_xmit, unix_stream_sendmsg',
        };
  return [cross, receive];
}
