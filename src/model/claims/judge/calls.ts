/** Predicates over the lab count-calls: system calls and context switches of the sender. */
import type { CountSample } from '../../count-sample.ts';
import type { CountSeries, Factors } from '../../result.ts';
import type { Finding, Predicate, Quantity, Shown } from '../claim.ts';
import { judging, notRun, type Wanted } from './look-up.ts';

const KiB = 1024;
const LINKS = ['tcp', 'tcp-100k', 'unix'];
const onTcp = (variant: string, chunk: Factors[string]): Wanted => ({ variant, factors: { link: 'tcp', chunk } });
const onLinks = (variant: string, chunk: Factors[string]): Wanted[] =>
  LINKS.map((link) => ({ variant, factors: { link, chunk } }));
const named = (wanted: readonly Wanted[]) => Object.fromEntries(wanted.map((one, at) => [at, one]));

/**
 * Four become two, over every link: of the switches of a transfer, or of its crossings (a call goes in and comes back). Over
 * one link alone the scheduler's switches can be four and two by chance.
 */
export const fourBecomeTwo: Predicate = judging(
  'count',
  () => named([...onLinks('read-write', 64 * KiB), ...onLinks('sendfile', 'whole')]),
  (series) =>
    judge(Object.values(series), ['crossings', 'switches'], (of) =>
      (['crossings', 'switches'] as const).some((what) =>
        LINKS.every((_, at) => of(what, at) === 4 && of(what, at + LINKS.length) === 2),
      ),
    ),
);

/** How often read + write goes round depends on the cached file, not on the program's buffer. */
export const loopsByCache: Predicate = judging(
  'count',
  () => ({ small: onTcp('read-write', 4 * KiB), large: onTcp('read-write', 64 * KiB) }),
  ({ small, large }) => judge([small, large], ['calls'], (of) => of('calls', 0) === of('calls', 1)),
);

/** sendfile cannot send a part: a file is one call, however little was asked for. */
export const wholeFileOnly: Predicate = judging(
  'count',
  () => ({ part: onTcp('sendfile', 4 * KiB), whole: onTcp('sendfile', 'whole') }),
  ({ part, whole }) => judge([part, whole], ['calls'], (of) => of('calls', 0) === of('calls', 1)),
);

/** sendfile makes fewer calls than read + write, over every link. */
export const fewerCalls: Predicate = judging(
  'count',
  () => named([...onLinks('read-write', 64 * KiB), ...onLinks('sendfile', 'whole')]),
  (series) => {
    const all = Object.values(series);
    return judge(all, ['calls'], (of) => LINKS.every((_, at) => of('calls', at + LINKS.length) < of('calls', at)));
  },
);

/** Every path with fewer copies than read + write crosses less often, with the same buffer. */
export const fewerCopiesFewerCrossings: Predicate = judging(
  'count',
  () => named(['read-write', 'mmap-write', 'splice', 'sendfile'].map((variant) => onTcp(variant, 64 * KiB))),
  (series) =>
    judge(Object.values(series), ['crossings', 'switches'], (of) =>
      [1, 2, 3].every((at) => of('crossings', at) < of('crossings', 0)),
    ),
);

type Counted = Extract<Quantity, 'calls' | 'crossings' | 'switches'>;

/** Every round must agree. A number that nobody counted makes it *not run*. */
function judge(
  series: readonly CountSeries[],
  told: readonly Counted[],
  holds: (of: (what: Counted, at: number) => number) => boolean,
): Finding {
  const rounds = Math.min(...series.map(({ samples }) => samples.length));
  const each = Array.from({ length: rounds }, (_, round) => series.map(({ samples }) => samples[round] as CountSample));
  if (each.flat().some((sample) => told.some((what) => counted(sample, what) === null))) return notRun('not-counted');
  const held = each.every((samples) => holds((what, at) => counted(samples[at] as CountSample, what) as number));
  return { state: held ? 'held' : 'not-held', numbers: told.flatMap((what) => series.map((one) => first(one, what))) };
}

function counted({ calls, voluntarySwitches, involuntarySwitches }: CountSample, what: Counted): number | null {
  if (what === 'switches') {
    if (voluntarySwitches === undefined || involuntarySwitches === undefined) return null;
    return voluntarySwitches + involuntarySwitches;
  }
  const sum = calls && Object.values(calls).reduce((all, one) => all + one, 0);
  return sum && what === 'crossings' ? 2 * sum : sum;
}

/** The first transfer stands for the series. */
function first({ variant, factors, samples }: CountSeries, what: Counted): Shown {
  return { what, variant, factors, value: counted(samples[0] as CountSample, what) ?? Number.NaN };
}
