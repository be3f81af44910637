import type { Proved } from '../../finding.ts';
import { formatBytes, formatCount } from '../units.ts';
import { chain, exact } from './sentence.ts';

/** What was just proved, in numbers. */
export function provedText({ cases, bytes: total, by, ways, packets }: Proved): string {
  const moved = ways.reduce((sum, way) => sum + way.bytes, 0);
  const all = `Proved: ${formatCount(cases)} transfers right, ${formatBytes(total)} compared.${inPackets(packets)}`;
  if (by === 'overwrite')
    return `${all} Of ${exact(moved)} the owner of the pages was found out by overwriting the file; programs may not be traced here, so no call was seen.`;
  const parts = ways.map(
    (way) =>
      `${exact(way.bytes)} of the file by ${chain(way.calls)} (${formatCount(way.times)} ${way.times === 1 ? 'call' : 'calls'} into the socket)`,
  );
  return `${all} Of one transfer every call was seen: ${parts.join(', ')}.`;
}

function inPackets(packets: Proved['packets'] = []): string {
  return packets
    .map(
      ({ bytes, segments }) =>
        ` ${exact(bytes)} of header and file left in ${formatCount(segments)} ${segments === 1 ? 'packet' : 'packets'}.`,
    )
    .join('');
}
