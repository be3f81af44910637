/** What an outlook for a broker says, and how far its costs are off. */
import type { Load, Outlook, Sending } from '../cluster.ts';
import type { HeldOut } from '../statistics/sending-cost.ts';
import { formatNumber } from './quantities.ts';
import { formatBytes, formatPercent } from './units.ts';

/** The conclusion, then the two ways, a sentence each. */
export function outlookTexts(load: Load, { copying, sendfile }: Outlook): string[] {
  const saved = copying.busy - sendfile.busy;
  const costs = `At ${rate(load.bytesPerSecond)} sending takes ${processors(copying.busy)} by read + write and ${processors(sendfile.busy)} by sendfile: ${saved > 0 ? `zero copy saves ${processors(saved)}` : 'zero copy saves nothing'}.`;
  const asked = load.bytesPerSecond > sendfile.mostBytesPerSecond ? [tooMuch(sendfile)] : [];
  return [regime(copying, sendfile), costs, ...asked];
}

function regime(copying: Sending, sendfile: Sending): string {
  if (copying.limit === 'network')
    return `The network is full first, at ${rate(copying.mostBytesPerSecond)}, whichever way is taken: zero copy sends no byte more, and leaves processor time for other work.`;
  const times = formatNumber(sendfile.mostBytesPerSecond / copying.mostBytesPerSecond);
  if (sendfile.limit === 'network')
    return `Copying, the processors are the limit, at ${rate(copying.mostBytesPerSecond)}; by sendfile the network is, at ${rate(sendfile.mostBytesPerSecond)}: ${times} times as much.`;
  return `The processors are the limit either way: ${rate(copying.mostBytesPerSecond)} by copying, ${rate(sendfile.mostBytesPerSecond)} by sendfile, ${times} times as much.`;
}

function tooMuch({ limit, mostBytesPerSecond }: Sending): string {
  return `That is more than the ${limit} ${limit === 'network' ? 'carries' : 'can send'}: ${rate(mostBytesPerSecond)} at most.`;
}

/** `Predicting each size from the others, the costs were wrong by at most 18 %.` */
export function heldOutText(points: readonly HeldOut[]): string {
  const worst = Math.max(...points.map(({ error }) => Math.abs(error)));
  return `Each size between the smallest and the largest was left out once and predicted from the others: of ${points.length} predictions the worst was off by ${formatPercent(worst)}.`;
}

function rate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

function processors(busy: number): string {
  return busy < 1 ? `${formatPercent(busy)} of a processor` : `${formatNumber(busy)} processors`;
}
