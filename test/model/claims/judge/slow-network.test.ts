/** What the lab slow-network decides, on results that hold, that do not and that are too noisy. */
import { describe } from 'vitest';
import type { Factors } from '#model/result.ts';
import { taskResult } from '../../../fixtures/task-result.ts';
import { tryPredicate } from './cases.ts';

const entry = {
  id: 'slow-network',
  question: 'Does zero copy matter when the network is the limit?',
  baseline: 'read-write',
  variants: { 'read-write': 'read + write', sendfile: 'sendfile' },
};

interface Costs {
  /** Cost of sendfile against read + write by link: time, and CPU of both ends. */
  readonly wall?: Readonly<Record<string, number>>;
  readonly cpu?: number;
  /** What the neighbour gets done beside sendfile, against read + write. */
  readonly neighbour?: number;
  /** Share of its core that the copying sender uses. */
  readonly busy?: number;
  readonly kind?: 'veth' | 'tcp';
  readonly noise?: number;
}

function result({ wall = {}, cpu = 0.4, neighbour = 1.4, busy = 0.04, kind = 'veth', noise = 0.005 }: Costs = {}) {
  const times: Readonly<Record<string, number>> = { unlimited: 0.4, ...wall };
  return taskResult({
    entry,
    noise,
    settings: [kind, `${kind}-1gbit`, `${kind}-10gbit`].flatMap((link) =>
      ['own', 'shared'].map((core): Factors => ({ link, chunk: 65_536, core })),
    ),
    plant: (variant, { link, core }, luck) => {
      const limit = /-(.*)$/.exec(String(link))?.[1] ?? 'unlimited';
      const own = variant === 'sendfile';
      const time = own ? (times[limit] ?? 1) : 1;
      return {
        wallNs: Math.round(1e8 * time * luck),
        senderCpuNs: Math.round(1e7 * (own ? cpu : 1) * luck),
        extra: {
          senderBusyShare: own ? busy / 4 : busy,
          ...(core === 'shared' ? { neighbourPerSecond: 2e4 * (own ? neighbour : 1) * luck } : {}),
        },
      };
    },
  });
}

describe('slow-network', () => {
  tryPredicate('D1', 'slow-network', [
    ['the neighbour gets more done', result(), 'held'],
    ['he gets less done', result({ neighbour: 0.7 }), 'not-held'],
    ['he gets as much done', result({ neighbour: 1.002 }), 'too-noisy'],
    ['the machine is noisy', result({ noise: 0.6 }), 'too-noisy'],
  ]);
  tryPredicate('D5', 'slow-network', [
    ['it takes as long', result(), 'not-held'],
    ['it takes a little less', result({ wall: { '1gbit': 0.98 } }), 'not-held'],
    ['it takes less', result({ wall: { '1gbit': 0.7 } }), 'held'],
    ['the machine is noisy', result({ noise: 0.3 }), 'too-noisy'],
  ]);
  tryPredicate('E9', 'slow-network', [
    ['it takes as long', result(), 'held'],
    ['it takes as long over loopback, where no cable could be laid', result({ kind: 'tcp' }), 'held'],
    ['it takes less', result({ wall: { '1gbit': 0.7 } }), 'not-held'],
    ['it takes more', result({ wall: { '1gbit': 1.4 } }), 'not-held'],
    ['the sender has no CPU left', result({ busy: 0.97 }), 'not-held'],
    ['the machine is noisy', result({ noise: 0.3 }), 'too-noisy'],
  ]);
  tryPredicate('E14', 'slow-network', [
    ['time and CPU fall', result(), 'held'],
    ['only CPU falls', result({ wall: { unlimited: 0.95 } }), 'not-held'],
    ['only time falls', result({ cpu: 0.97 }), 'not-held'],
    ['the machine is noisy', result({ wall: { unlimited: 0.79 }, cpu: 0.79, noise: 0.2 }), 'too-noisy'],
  ]);
});
