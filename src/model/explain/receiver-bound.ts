import type { Explainer } from './situation.ts';

/** Busier than this, an end is what the transfer waits for. */
const BUSY = 0.8;
/** Idler than this, both are: somebody else is slow. */
const IDLE = 0.6;
const FAR = 0.4;

/**
 * The receiver is the slower end: it had its CPU nearly all the time while the sender waited; or, where no network lies
 * between them, both had time and the receiver took the bytes late.
 */
export const receiverBound: Explainer = ({ series, senderShare, receiverShare, measure }) => {
  const args = { senderShare, receiverShare };
  if (receiverShare >= BUSY && receiverShare > senderShare) {
    // It explains the clock. The receiver's own copy also hides a part of the sender's gain in the total.
    return { code: 'receiver-bound', weight: measure === 'wallNs' ? 0.9 : 0.5, args };
  }
  const waited = senderShare < IDLE && receiverShare < IDLE;
  if (!waited || !withoutNetwork(series.factors)) return null;
  // Far from busy, neither end can be what the transfer waited for, however much the clock varied meanwhile.
  return { code: 'receiver-late', weight: Math.max(senderShare, receiverShare) < FAR ? 0.75 : 0.6, args };
};

/** Loopback and AF_UNIX hand bytes over as soon as they are taken; a rate (`rate`, `tcp-1gbit`) makes a network of them. */
export function withoutNetwork(factors: Readonly<Record<string, string | number>>): boolean {
  const { link } = factors;
  const local = link === undefined || link === 'unix' || /^tcp(?!-\d+gbit)/.test(String(link));
  return local && !Object.keys(factors).some((name) => /rate|pac/i.test(name));
}
