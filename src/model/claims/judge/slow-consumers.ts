/** Predicates over the lab slow-consumers: memory and CPU for consumers that do not read. */
import type { Factors, TimeResult, TimeSeries } from '../../result.ts';
import { byRound } from '../../statistics/by-round.ts';
import { quartiles } from '../../statistics/quartiles.ts';
import { baselinePair } from '../../statistics/series.ts';
import type { Finding, Predicate, Shown } from '../claim.ts';
import { judging, notRun } from './look-up.ts';
import { added, judgeRounds } from './rounds.ts';

const crowd = (consumers: number): Factors => ({ link: 'tcp', consumers, chunk: 64 * 1024 });
const FEW = 50;
const MANY = 200;

/** The same consumers hold less memory when they were sent to by sendfile. */
export const lessMemory: Predicate = judging(
  'time',
  () => ({
    copying: { variant: 'read-write', factors: crowd(MANY) },
    sendfile: { variant: 'sendfile', factors: crowd(MANY) },
  }),
  ({ copying, sendfile }, result) =>
    withRepeat(result, MANY, (repeat) => {
      const held = (sample: Parameters<typeof added>[0]) => added(sample, 'memoryBytes');
      const saved = byRound([copying, repeat, sendfile], ([one, other, own]) =>
        finite((held(one) + held(other)) / 2 - held(own)),
      );
      const self = byRound([copying, repeat], ([one, other]) => finite(held(other) - held(one)));
      return judgeRounds({
        lab: result.lab,
        values: saved,
        self,
        band: { above: 0, below: Number.POSITIVE_INFINITY },
        numbers: () => [heldBy(copying), heldBy(sendfile)],
      });
    }),
);

/** CPU grows less than the number of consumers does: four times as many take less than three times as much. */
export const lessThanLinear: Predicate = judging(
  'time',
  () => ({
    few: { variant: 'sendfile', factors: crowd(FEW) },
    many: { variant: 'sendfile', factors: crowd(MANY) },
    copying: { variant: 'read-write', factors: crowd(MANY) },
  }),
  ({ few, many, copying }, result) =>
    withRepeat(result, MANY, (repeat) => {
      const log = (sample: Parameters<typeof added>[0]) => Math.log(added(sample, 'fillCpuNs'));
      return judgeRounds({
        lab: result.lab,
        values: byRound([few, many], ([one, other]) => finite(log(other) - log(one))),
        self: byRound([copying, repeat], ([one, other]) => finite(log(other) - log(one))),
        band: { above: Number.NEGATIVE_INFINITY, below: Math.log((MANY / FEW) * LINEAR) },
        numbers: ({ estimate, low, high }) => [
          {
            what: 'cpu-growth',
            variant: many.variant,
            factors: many.factors,
            value: Math.exp(estimate),
            low: Math.exp(low),
            high: Math.exp(high),
          },
        ],
      });
    }),
);

/** A rise is called linear from this share of it on. */
const LINEAR = 0.75;

function withRepeat(result: TimeResult, consumers: number, judge: (repeat: TimeSeries) => Finding): Finding {
  const pair = baselinePair(result, crowd(consumers));
  if (pair) return judge(pair.repeat);
  return notRun('series-missing', { lab: result.lab, variant: result.baseline, ...crowd(consumers) });
}

/** Nothing, where a lab did not add what is asked for. */
function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function heldBy({ variant, factors, samples }: TimeSeries): Shown {
  return {
    what: 'held-memory',
    variant,
    factors,
    value: quartiles(samples.map((one) => added(one, 'memoryBytes'))).median,
  };
}
