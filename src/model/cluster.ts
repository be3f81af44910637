/** What zero copy comes to on a broker: which limit is met first, and how much of the processors sending takes. */
import { costOf, type SendingCost } from './statistics/sending-cost.ts';

/** A broker under load. */
export interface Load {
  /** Bytes that leave it each second, to all consumers and followers together. */
  readonly bytesPerSecond: number;
  /** Bytes of one answer to one request, of one partition. */
  readonly answerBytes: number;
  /** What the network carries each second. */
  readonly networkBytesPerSecond: number;
  /** Processors that may send. */
  readonly processors: number;
}

/** One way of sending under that load. */
export interface Sending {
  /** Processors that sending takes at this rate: 0.3 is a third of one. */
  readonly busy: number;
  /** The most that processors and network carry, bytes a second, and which of them ends it. */
  readonly mostBytesPerSecond: number;
  readonly limit: 'network' | 'processors';
}

export interface Outlook {
  readonly copying: Sending;
  readonly sendfile: Sending;
}

/** @param costs of read + write and of sendfile */
export function outlook(load: Load, costs: { readonly copying: SendingCost; readonly sendfile: SendingCost }): Outlook {
  return { copying: sendingOf(load, costs.copying), sendfile: sendingOf(load, costs.sendfile) };
}

function sendingOf(load: Load, cost: SendingCost): Sending {
  const nsPerByte = costOf(cost, load.answerBytes) / load.answerBytes;
  const byProcessors = (load.processors * 1e9) / nsPerByte;
  const limit = byProcessors < load.networkBytesPerSecond ? 'processors' : 'network';
  return {
    busy: (load.bytesPerSecond * nsPerByte) / 1e9,
    mostBytesPerSecond: Math.min(byProcessors, load.networkBytesPerSecond),
    limit,
  };
}
