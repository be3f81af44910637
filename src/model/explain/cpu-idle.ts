import { withoutNetwork } from './receiver-bound.ts';
import type { Explainer } from './situation.ts';

const IDLE = 0.6;

/** The CPU is not the bottleneck: neither end was busy, and a network or a paced socket lies between them. */
export const cpuIdle: Explainer = ({ result, series, senderShare, receiverShare }) => {
  if (senderShare >= IDLE || receiverShare >= IDLE) return null;
  const paced = result.warnings.some(({ code }) => code === 'pacing');
  if (withoutNetwork(series.factors) && !paced) return null;
  return { code: paced ? 'paced' : 'cpu-idle', weight: 0.85, args: { senderShare, receiverShare } };
};
