/** What sending costs a broker's processor, out of the lab that sends files of several sizes. */
import type { LabResult } from '#model/result.ts';
import {
  type CostPoint,
  costPoints,
  fitCost,
  type HeldOut,
  heldOut,
  type SendingCost,
} from '#model/statistics/sending-cost.ts';
import { heldOutText } from '#model/words/cluster.ts';
import { formatDuration } from '#model/words/units.ts';

/** The lab with the sizes. */
export const COSTS_LAB = 'file-size';

export interface BrokerCosts {
  readonly copying: SendingCost;
  readonly sendfile: SendingCost;
  /** Of both ways, every size that was left out. */
  readonly heldOut: readonly HeldOut[];
}

/** Null where a way was run with fewer than three sizes. @throws {RangeError} when the result is of another lab */
export function brokerCosts(result: LabResult): BrokerCosts | null {
  if (result.kind !== 'time' || result.lab !== COSTS_LAB) throw new RangeError(`Expected a result of ${COSTS_LAB}`);
  const points = (variant: string): CostPoint[] => costPoints(result, variant, { link: 'tcp' });
  const [copying, sendfile] = [points('read'), points('sendfile')];
  if (Math.min(copying.length, sendfile.length) < 3) return null;
  return {
    copying: fitCost(copying),
    sendfile: fitCost(sendfile),
    heldOut: [...heldOut(copying), ...heldOut(sendfile)],
  };
}

/** The four numbers, and how far they are off. */
export function costsText({ copying, sendfile, heldOut }: BrokerCosts): string {
  const way = ({ answerNs, byteNs }: SendingCost) =>
    `${formatDuration(answerNs)} an answer and ${formatDuration(byteNs * 2 ** 20)} a MiB`;
  return `read + write takes its sender ${way(copying)}, sendfile ${way(sendfile)}. ${heldOutText(heldOut)}`;
}
