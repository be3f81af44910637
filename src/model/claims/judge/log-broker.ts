/** Predicates over the lab log-broker: what a broker stored and served, and what that cost it. */
import type { Factors, TimeSample, TimeSeries } from '../../result.ts';
import { quartiles } from '../../statistics/quartiles.ts';
import type { Predicate, Quantity, Shown } from '../claim.ts';
import { judging, notRun } from './look-up.ts';
import { added } from './rounds.ts';

const MiB = 2 ** 20;
/** Requests and responses have heads: of what was taken or sent, so much is no record at most. */
const HEADS = 1.05;

const fetches: Factors = { part: 'one consumer', fetchBytes: MiB };

/** What a producer appended lies in the log as it came, and consumers were sent the same amount by every fetch path. */
export const storedAndServed: Predicate = judging(
  'time',
  () => ({
    copying: { variant: 'copying', factors: fetches },
    mapped: { variant: 'mapped', factors: fetches },
    sendfile: { variant: 'sendfile', factors: fetches },
  }),
  (series) => {
    const all = Object.values(series);
    const appended = all.map((one) => shown('appended-bytes', one, (sample) => added(sample, 'appendedBytes')));
    const served = all.map((one) =>
      shown('sent-bytes', one, (sample) => added(sample, 'sendfileBytes') + added(sample, 'writtenBytes')),
    );
    const taken = all.map((one) => median(one, (sample) => added(sample, 'takenBytes')));
    const values = [...appended, ...served].map(({ value }) => value);
    if ([...values, ...taken].some((value) => !Number.isFinite(value))) return notRun('not-counted');
    const held = all.every((_, at) => {
      const [stored, sent, got] = [appended[at]?.value ?? 0, served[at]?.value ?? 0, taken[at] ?? 0];
      return stored > 0 && [sent, got].every((bytes) => bytes >= stored && bytes <= stored * HEADS);
    });
    return { state: held ? 'held' : 'not-held', numbers: [...appended.slice(0, 1), ...served] };
  },
);

function shown(what: Quantity, series: TimeSeries, value: (sample: TimeSample) => number): Shown {
  const { variant, factors } = series;
  return { what, variant, factors, value: median(series, value) };
}

function median({ samples }: TimeSeries, value: (sample: TimeSample) => number): number {
  const values = samples.map(value);
  return values.every(Number.isFinite) ? quartiles(values).median : Number.NaN;
}
