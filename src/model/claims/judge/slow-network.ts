/** Predicates over the lab slow-network: one transfer where the network is the limit, and where it is not. */
import type { Factors, TimeResult } from '../../result.ts';
import type { Predicate } from '../claim.ts';
import { judgeExtras } from './extras.ts';
import { judging } from './look-up.ts';
import { type Band, every, judgeRatio, MORE } from './ratio.ts';

type Limit = '1gbit' | '10gbit' | null;
type Core = 'own' | 'shared';

/** Cables where the machine could lay them, else loopback with a sender that keeps to the rate. */
function at(result: TimeResult, limit: Limit, core: Core): Factors {
  const kind = result.series.some(({ factors }) => String(factors.link).startsWith('veth')) ? 'veth' : 'tcp';
  return { link: limit === null ? kind : `${kind}-${limit}`, chunk: 64 * 1024, core };
}

const sending = (limit: Limit, core: Core) => (result: TimeResult) => ({
  sendfile: { variant: 'sendfile', factors: at(result, limit, core) },
  copying: { variant: 'read-write', factors: at(result, limit, core) },
});

/** Differences below 5 % matter to nobody. */
const ALIKE: Band = { above: 1 / 1.05, below: 1.05 };
const LESS_BY_5_PERCENT: Band = { above: 0, below: 1 / 1.05 };
/** What "substantial" asks for: a fifth less. */
const SUBSTANTIALLY_LESS: Band = { above: 0, below: 0.8 };
/** Share of its core at which a sender is nearly out of CPU. */
const FULL = 0.9;

/** Over a network of 1 Gbit/s the same file arrives in less time. */
export const moreThroughLimited: Predicate = judging('time', sending('1gbit', 'own'), ({ sendfile }, result) =>
  judgeRatio(result, { series: sendfile, measure: 'wallNs', band: LESS_BY_5_PERCENT, what: 'wall-time' }),
);

/** Over a network of 1 Gbit/s it takes as long either way, while the sender's core is far from full. */
export const limitedAlike: Predicate = judging('time', sending('1gbit', 'own'), ({ sendfile, copying }, result) =>
  every([
    judgeRatio(result, { series: sendfile, measure: 'wallNs', band: ALIKE, what: 'wall-time' }),
    judgeExtras([{ what: 'busy-share', of: copying, extra: 'senderBusyShare' }], (share = 1) => share < FULL),
  ]),
);

/** Over a network without a limit the same file takes a fifth less time, and a fifth less CPU of both ends, at least. */
export const substantialUnlimited: Predicate = judging('time', sending(null, 'own'), ({ sendfile }, result) =>
  every([
    judgeRatio(result, { series: sendfile, measure: 'wallNs', band: SUBSTANTIALLY_LESS, what: 'wall-time' }),
    judgeRatio(result, { series: sendfile, measure: 'totalCpuNs', band: SUBSTANTIALLY_LESS, what: 'total-cpu' }),
  ]),
);

/** A neighbour on the sender's core gets more done in the same time. */
export const moreForNeighbour: Predicate = judging('time', sending('10gbit', 'shared'), ({ sendfile }, result) =>
  judgeRatio(result, { series: sendfile, measure: 'extra.neighbourPerSecond', band: MORE, what: 'neighbour-work' }),
);
