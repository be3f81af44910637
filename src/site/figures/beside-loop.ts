/** What our broker's sendfile path loses against a loop in C that answers the same fetches and does nothing else. */
import type { LabResult, TimeSample, TimeSeries } from '#model/result.ts';
import {
  amountOf,
  byRound,
  calmRounds,
  estimateRatio,
  factorGroups,
  seriesOf,
  signedRankCentre,
} from '#model/statistics.ts';
import { formatBytes } from '#model/words/index.ts';

/** Of the loop's throughput, what our broker is to move at least. */
const LEAST_THROUGHPUT = 0.9;
/** What a fetch may cost beyond the loop's at most, ns, where it is to be small: the sizes in bytes. */
const MOST_EXTRA_NS = 20_000;
const SMALL_FETCHES: readonly number[] = [65_536, 262_144];

export interface LoopRow {
  readonly fetch: string;
  /** Part of the loop's throughput, and processor time of one fetch beyond the loop's, each with its 95 % interval. */
  readonly throughput: string;
  readonly extra: string;
  /** Whether the whole interval is within what was aimed at; empty where nothing was. */
  readonly throughputAim: string;
  readonly extraAim: string;
}

/** One row a size of fetch, of one consumer; none where a run lacks the loop or has too few rounds. */
export function loopRows(result: LabResult): LoopRow[] {
  if (result.kind !== 'time') return [];
  return factorGroups(result)
    .filter(({ part }) => part === 'one consumer')
    .flatMap((factors) => {
      const [ours, loop] = ['sendfile', 'bare-sendfile'].map((variant) => seriesOf(result, variant, factors));
      const fetchBytes = Number(factors.fetchBytes);
      return ours && loop ? (rowOf(ours, loop, fetchBytes) ?? []) : [];
    });
}

function rowOf(ours: TimeSeries, loop: TimeSeries, fetchBytes: number): LoopRow | null {
  const calm = calmRounds([ours, loop]);
  // Undefined where a sample lacks one of the two, or the hypervisor disturbed the round.
  const compared = (number: (sample: TimeSample) => number | undefined) =>
    byRound([ours, loop], ([own, other]) => {
      const [mine, theirs] = [own && number(own), other && number(other)];
      if (!own || mine === undefined || theirs === undefined || !calm(own.round)) return undefined;
      return mine - theirs;
    });
  const times = estimateRatio(compared(logSpeed), 0.95);
  const extra = signedRankCentre(
    compared((sample) => amountOf(sample, 'senderCpuNs', 'operation')),
    0.95,
  );
  if (times.state !== 'estimate' || !extra) return null;
  const part = (ratio: number) => ratio.toFixed(2);
  const us = (ns: number) => (ns / 1000).toFixed(ns < 100_000 ? 1 : 0).replace('-', '−');
  const small = SMALL_FETCHES.includes(fetchBytes);
  return {
    fetch: formatBytes(fetchBytes),
    throughput: `${part(times.ratio)} (${part(times.low)}–${part(times.high)})`,
    extra: `${us(extra.estimate)} µs (${us(extra.low)} to ${us(extra.high)})`,
    throughputAim: aim(times.low >= LEAST_THROUGHPUT, times.high < LEAST_THROUGHPUT),
    extraAim: small ? aim(extra.high <= MOST_EXTRA_NS, extra.low > MOST_EXTRA_NS) : '',
  };
}

/** Natural log of bytes a second, but for the unit. */
const logSpeed = ({ bytes, wallNs }: TimeSample): number => Math.log(bytes / wallNs);

const aim = (met: boolean, missed: boolean): string => (met ? 'met' : missed ? 'missed' : 'not clear');
