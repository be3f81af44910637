/** Predicates over the lab java-nio: which system calls carried the file, and how much one call transferred. */
import type { CountSeries } from '../../result.ts';
import type { Predicate, Reason } from '../claim.ts';
import { judgeExtras } from './extras.ts';
import { judging, type Wanted } from './look-up.ts';

const to = (target: string, variant: string): Wanted => ({ variant, factors: { target } });
const asked = (of: CountSeries) => ({ what: 'asked-bytes', of, extra: 'askedBytes' }) as const;
const sent = (of: CountSeries) => ({ what: 'sent-bytes', of, extra: 'sentBytes' }) as const;
const bySendfile = (of: CountSeries) => ({ what: 'sendfile-bytes', of, extra: 'sendfileBytes' }) as const;
const maps = (of: CountSeries) => ({ what: 'map-calls', of, extra: 'mapCalls' }) as const;
const reads = (of: CountSeries) => ({ what: 'read-calls', of, extra: 'readCalls' }) as const;

/** transferTo to Java's own socket channel is sendfile, all of it. The other ways show that a read would be seen. */
export const transferToIsSendfile: Predicate = judging(
  'count',
  () => ({
    blocking: to('socket', 'transfer-to'),
    polling: to('socket', 'transfer-to-polling'),
    copying: to('socket', 'direct'),
  }),
  ({ blocking, polling, copying }) =>
    judgeExtras(
      [asked(blocking), bySendfile(blocking), bySendfile(polling), reads(copying)],
      (whole, first, second, seen): boolean | Reason => (seen === 0 ? UNSEEN : first === whole && second === whole),
    ),
);

/** The file is mapped once and written from there, without a read. */
export const mappedByTheseLines: Predicate = judging(
  'count',
  () => ({ mapped: to('socket', 'mapped'), copying: to('socket', 'direct') }),
  ({ mapped, copying }) =>
    judgeExtras(
      [maps(mapped), reads(mapped), asked(mapped), sent(mapped), reads(copying)],
      (mappings, read, whole, arrived, seen): boolean | Reason =>
        seen === 0 ? UNSEEN : mappings === 1 && read === 0 && arrived === whole,
    ),
);

/** One call of transferTo, whose result nobody looks at, transfers everything. */
export const onceIsEnough: Predicate = judging(
  'count',
  () => ({ once: to('nowhere', 'transfer-to-once') }),
  ({ once }) => judgeExtras([asked(once), sent(once)], (whole, transferred) => transferred === whole),
);

/** A way that must read was not seen to: the trace was blind. */
const UNSEEN: Reason = { code: 'not-counted', args: {} };
