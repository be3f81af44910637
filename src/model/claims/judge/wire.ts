/** Predicates over the lab scatter-gather: whose bytes the packets hold, and what the device sends. */
import type { CountSeries } from '../../result.ts';
import type { Predicate, Reason } from '../claim.ts';
import { judgeExtras } from './extras.ts';
import { judging, type Wanted } from './look-up.ts';

/** Of the lab's file. */
const BYTES = 32 * 1024;
const over = (variant: string, link: string): Wanted => ({ variant, factors: { link, bytes: BYTES } });
const fresh = (of: CountSeries) => ({ what: 'new-bytes', of, extra: 'newBytes' }) as const;
const old = (of: CountSeries) => ({ what: 'old-bytes', of, extra: 'oldBytes' }) as const;
const packets = (of: CountSeries) => ({ what: 'wire-packets', of, extra: 'wirePackets' }) as const;
const wired = (of: CountSeries) => ({ what: 'wire-bytes', of, extra: 'wireBytes' }) as const;

/** Pages are handed on without a copy by any device: also by one that cannot gather, or cannot compute checksums. */
export const sharedOverEveryDevice: Predicate = judging(
  'count',
  () => ({
    gathering: over('sendfile', 'veth'),
    plain: over('sendfile', 'veth-no-gather'),
    summing: over('sendfile', 'veth-no-checksum'),
    copying: over('read-write', 'veth'),
  }),
  ({ gathering, plain, summing, copying }) =>
    judgeExtras(
      [fresh(gathering), fresh(plain), fresh(summing), old(copying)],
      (shared, first, second, copied): boolean | Reason => {
        if (shared !== BYTES) return { code: 'nothing-shared', args: {} };
        if (copied !== BYTES) return { code: 'check-failed', args: { variant: 'read-write' } };
        return first === BYTES && second === BYTES;
      },
    ),
);

/** What a device that gathers is given are pages of the file, where read + write gives it a copy. */
export const pointersOnly: Predicate = judging(
  'count',
  () => ({ sendfile: over('sendfile', 'veth'), copying: over('read-write', 'veth') }),
  ({ sendfile, copying }) =>
    judgeExtras([fresh(sendfile), old(copying)], (shared, copied) => shared === BYTES && copied === BYTES),
);

/** The same file takes fewer packets, or fewer bytes, over the wire than by read + write. */
export const lessOnTheWire: Predicate = judging(
  'count',
  () => ({ sendfile: over('sendfile', 'veth'), copying: over('read-write', 'veth') }),
  ({ sendfile, copying }) =>
    judgeExtras(
      [packets(sendfile), packets(copying), wired(sendfile), wired(copying)],
      (few = 0, many = 0, small = 0, large = 0) => few < many * ALIKE || small < large * ALIKE,
    ),
);

/** Where a segment ends is a matter of timing: two transfers of one file may differ by a packet. */
const ALIKE = 0.95;
