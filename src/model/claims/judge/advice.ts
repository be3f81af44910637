/** Predicates over the lab operating-advice: what of the advice can be seen on one machine. */
import type { CountSeries } from '../../result.ts';
import type { Predicate, Quantity, Reason } from '../claim.ts';
import { judgeExtras } from './extras.ts';
import { judging, type Wanted } from './look-up.ts';

const under = (advice: string, variant: string): Wanted => ({ variant, factors: { advice } });
const ask = (what: Quantity, extra: string) => (of: CountSeries) => ({ what, of, extra });
const mapped = ask('map-areas', 'mapped');
const limit = ask('map-limit', 'limit');
const areas = ask('areas-per-segment', 'areasPerSegment');
const descriptors = ask('descriptors-per-segment', 'descriptorsPerSegment');
const read = ask('read-bytes', 'readBytes');
const used = ask('used-more', 'usedMoreBytes');
const unavailable = ask('available-less', 'availableLessBytes');
const waiting = ask('io-wait', 'waitShare');
const pressure = ask('io-pressure', 'pressureShare');
const sends = ask('calls', 'sendCalls');
const again = ask('disk-again', 'againBytes');

/** A process that maps as a broker does is refused another area at vm.max_map_count. */
export const refusedAtLimit: Predicate = judging(
  'count',
  () => ({ apart: under('map areas', 'one-page') }),
  ({ apart }) => judgeExtras([mapped(apart), limit(apart)], (got = 0, most = 0) => got <= most && got > most * NEARLY),
);

/** The runtime has areas of its own: one that was refused had at least this share of the limit for itself. */
const NEARLY = 0.9;

/** A segment takes fewer areas, or fewer descriptors, when it is sent by sendfile. */
export const sendfileSparesAreas: Predicate = judging(
  'count',
  () => ({ copied: under('partitions', 'segments-copied'), sent: under('partitions', 'segments-sendfile') }),
  ({ copied, sent }) =>
    judgeExtras(
      [areas(sent), areas(copied), descriptors(sent), descriptors(copied)],
      (few = 0, many = 0, less = 0, more = 0) => few < many - ROUNDING || less < more - ROUNDING,
    ),
);

/** A segment has whole areas; the runtime's own are spread over all of them. */
const ROUNDING = 0.5;

/**
 * Memory in use says how much is left to programs: reading a file does not change it. What other programs take or give back
 * meanwhile changes free and available memory alike.
 */
export const usedMeansShort: Predicate = judging(
  'count',
  () => ({ once: under('memory', 'file-read') }),
  ({ once }) =>
    judgeExtras(
      [read(once), used(once), unavailable(once)],
      (bytes = 0, gone = 0, lost = 0) => gone - lost < bytes / 2,
    ),
);

/** I/O wait shows that a program waits for the disk, also when another one computes. */
export const waitFindsIt: Predicate = judging(
  'count',
  () => ({ alone: under('I/O wait', 'disk-alone'), beside: under('I/O wait', 'disk-beside-work') }),
  ({ alone, beside }) =>
    judgeExtras(
      [waiting(alone), pressure(alone), waiting(beside), pressure(beside)],
      (wait = 0, pressed = 0, waitBeside = 0, pressedBeside = 0): boolean | Reason => {
        if (Math.min(pressed, pressedBeside) < SEEN)
          return { code: 'nothing-waits', args: { lab: 'operating-advice' } };
        return wait >= pressed / 2 && waitBeside >= pressedBeside / 2;
      },
    ),
);

/** Share of the time that must have been spent in waiting for a verdict on who sees it. */
const SEEN = 0.05;

/** The size of the send buffer makes a difference: at least half as many calls again for the same file. */
export const bufferMatters: Predicate = judging(
  'count',
  () => ({ set: under('socket buffers', 'buffer-set'), tuned: under('socket buffers', 'buffer-tuned') }),
  ({ set, tuned }) => judgeExtras([sends(set), sends(tuned)], (many = 0, few = 0) => many >= few * 1.5),
);

/** Under the same limit of memory a small heap leaves the file in memory, and a large one has it read from disk again. */
export const smallHeapSparesDisk: Predicate = judging(
  'count',
  () => ({ small: under('heap', 'heap-small'), large: under('heap', 'heap-large') }),
  ({ small, large }) => judgeExtras([again(small), again(large)], (few = 0, many = 0) => few * 2 < many),
);
