/** What a path model predicts that the kernel will be seen to copy: what src/proof/copies counts. */
import type { CopyPlace } from '../count-sample.ts';
import type { Hop, Path, Route } from './path.ts';

/** Routes of the counted links; the other links have no path model of their own. */
export const routeOfLink: Readonly<Record<string, Route>> = {
  tcp: 'loopback',
  unix: 'loopback',
  veth: 'loopback',
  'veth-no-gather': 'no-gather',
};

/** The sum in which a counted copy of this hop stands; null for a hop that is no copy of the CPU's. */
export function copyPlaceOf(hop: Hop): CopyPlace | null {
  if (hop.by !== 'cpu') return null;
  if (hop.to === "receiver's memory") return 'kernelToReceiver';
  if (hop.to === 'user memory') return 'fileToUser';
  return hop.from === 'user memory' ? 'userToKernel' : 'inKernel';
}

/** Whether the hop queues pages of the file in the socket: what is counted as referenced. */
export function queuesReference(hop: Hop): boolean {
  return hop.by === 'reference' && hop.to === 'send queue';
}

/** Copies of each byte by place, and the share of the payload that is queued by reference. */
export function expectedCopies(path: Path, route: Route): Readonly<Record<CopyPlace | 'referenced', number>> {
  const expected = { fileToUser: 0, userToKernel: 0, inKernel: 0, kernelToReceiver: 0, other: 0, referenced: 0 };
  for (const hop of path.hops(route)) {
    const place = copyPlaceOf(hop);
    if (place) expected[place]++;
    if (queuesReference(hop)) expected.referenced++;
  }
  return expected;
}
