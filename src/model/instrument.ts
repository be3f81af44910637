/**
 * What the instrument itself weighs: the loops of the labs beside the same loops in C (test/instrument). One JSON
 * document holds the raw samples; `instrumentSummary` derives everything that is said about them. Pure.
 *
 * Units are in the names: `Ns` nanoseconds, `bytes` bytes of one operation.
 */
import { z } from 'zod';
import { environmentSchema } from './environment.ts';
import { type Estimate, estimateRatio, type TooFewRounds } from './statistics/estimate.ts';
import { type Quartiles, quartiles } from './statistics/quartiles.ts';
import { signedRankCentre, valuesNeeded } from './statistics/signed-rank.ts';

/** Raised when a field changes its meaning or goes. */
export const INSTRUMENT_VERSION = 1;

/** What was compared, in the order in which reports list it. */
export const families = [
  'read-write',
  'sendfile',
  'open-read-close',
  'open-mmap-scan-munmap-close',
  'lookup',
  'empty-call',
] as const;
export type Family = (typeof families)[number];

const count = z.int().nonnegative();

const sampleSchema = z.strictObject({
  /** Round of the interleaved schedule, from 0. */
  round: count,
  /** Position in the whole series, from 0: the order in which samples were really taken. */
  order: count,
  side: z.enum(['c', 'ours']),
  /** CLOCK_PROCESS_CPUTIME_ID of the process over the sample; of the sender, where there is a receiver too. */
  cpuNs: z.int().positive(),
  /** Times the loop went round in the sample. */
  operations: z.int().positive(),
});
export type InstrumentSample = z.infer<typeof sampleSchema>;

const familySchema = z
  .strictObject({
    family: z.enum(families),
    /** Bytes of one operation; 0 for the empty call. */
    bytes: count,
    /** Calls of the C library in one operation; 0 for a lookup, which makes none. */
    callsPerOperation: count,
    samples: z.array(sampleSchema).min(1),
  })
  .refine(({ samples }) => isPaired(samples), { error: 'expected one sample of each side in every round' });
export type InstrumentFamily = z.infer<typeof familySchema>;

export const instrumentSchema = z.strictObject({
  schemaVersion: z.literal(INSTRUMENT_VERSION),
  kind: z.literal('instrument'),
  /** When the series began, ISO 8601 in UTC. */
  startedAt: z.iso.datetime(),
  environment: environmentSchema,
  /** Seed of the schedule's shuffle. */
  seed: count,
  rounds: z.int().positive(),
  families: z.array(familySchema).min(1),
});
export type InstrumentDocument = z.infer<typeof instrumentSchema>;

/**
 * What a row may be at most. `ratio`: CPU time of ours to that of C, the estimate and the upper end of its interval.
 * `extra`: ns per call (per lookup where there is no call) that ours takes more.
 */
export type Bar =
  | { readonly measure: 'ratio'; readonly most: number; readonly mostHigh: number }
  | { readonly measure: 'extra'; readonly mostNs: number };

/** Nanoseconds that ours takes more than C, with the exact signed-rank interval of the per-round differences. */
export interface Extra {
  readonly state: 'estimate';
  readonly ns: number;
  readonly low: number;
  readonly high: number;
}

/** One family at one size. */
export interface InstrumentRow {
  readonly family: Family;
  readonly bytes: number;
  readonly callsPerOperation: number;
  /** CPU time of one operation, ns. */
  readonly cNs: Quartiles;
  readonly oursNs: Quartiles;
  /** Ours to C. */
  readonly ratio: Estimate | TooFewRounds;
  /** Per call, or per lookup. */
  readonly extra: Extra | TooFewRounds;
  /** Null: none was set. */
  readonly bar: Bar | null;
  readonly verdict: 'met' | 'missed' | 'too-few-rounds' | 'no-bar';
}

export interface InstrumentSummary {
  readonly rows: readonly InstrumentRow[];
  /** `met` only when every row with a bar met it. */
  readonly verdict: 'met' | 'missed' | 'too-few-rounds';
}

const CONFIDENCE = 0.95;

/** Everything that is said about a series, from its raw samples. */
export function instrumentSummary(document: InstrumentDocument): InstrumentSummary {
  const rows = document.families.map(rowOf);
  const has = (verdict: InstrumentRow['verdict']) => rows.some((row) => row.verdict === verdict);
  const verdict = has('missed') ? 'missed' : has('too-few-rounds') || !has('met') ? 'too-few-rounds' : 'met';
  return { rows, verdict };
}

/** Calls from this size on move so much that the call itself must not be seen. Bytes. */
const LARGE_BYTES = 65_536;

/** The bar of a family at a size; null for the empty call, which is shown for its own sake. */
export function barOf(family: Family, bytes: number): Bar | null {
  if (family === 'empty-call') return null;
  if (family === 'lookup') return { measure: 'extra', mostNs: 25 };
  const sends = family === 'read-write' || family === 'sendfile';
  return sends && bytes >= LARGE_BYTES
    ? { measure: 'ratio', most: 1.05, mostHigh: 1.1 }
    : { measure: 'extra', mostNs: 160 };
}

function rowOf({ family, bytes, callsPerOperation, samples }: InstrumentFamily): InstrumentRow {
  const c = perOperation(samples, 'c');
  const ours = perOperation(samples, 'ours');
  const pairs = [...c].map(([round, ns]): [number, number] => [ns, ours.get(round) as number]);
  const ratio = estimateRatio(
    pairs.map(([one, other]) => Math.log(other / one)),
    CONFIDENCE,
  );
  const extra = extraOf(pairs.map(([one, other]) => (other - one) / Math.max(1, callsPerOperation)));
  const bar = barOf(family, bytes);
  return {
    family,
    bytes,
    callsPerOperation,
    cNs: quartiles([...c.values()]),
    oursNs: quartiles([...ours.values()]),
    ratio,
    extra,
    bar,
    verdict: bar === null ? 'no-bar' : verdictOf(bar, ratio, extra),
  };
}

function verdictOf(bar: Bar, ratio: InstrumentRow['ratio'], extra: InstrumentRow['extra']): InstrumentRow['verdict'] {
  if (ratio.state !== 'estimate' || extra.state !== 'estimate') return 'too-few-rounds';
  const met = bar.measure === 'ratio' ? ratio.ratio <= bar.most && ratio.high <= bar.mostHigh : extra.ns <= bar.mostNs;
  return met ? 'met' : 'missed';
}

/** Nanoseconds of one operation by round. */
function perOperation(samples: readonly InstrumentSample[], side: InstrumentSample['side']): Map<number, number> {
  const own = samples.filter((sample) => sample.side === side);
  return new Map(own.map(({ round, cpuNs, operations }) => [round, cpuNs / operations]));
}

function extraOf(differences: readonly number[]): Extra | TooFewRounds {
  const centre = signedRankCentre(differences, CONFIDENCE);
  const rounds = differences.length;
  if (!centre) return { state: 'too-few-rounds', rounds, needed: valuesNeeded(CONFIDENCE), confidence: CONFIDENCE };
  return { state: 'estimate', ns: centre.estimate, low: centre.low, high: centre.high };
}

/** Whether every round has exactly one sample of each side. */
function isPaired(samples: readonly InstrumentSample[]): boolean {
  const rounds = (side: InstrumentSample['side']) =>
    samples.flatMap((sample) => (sample.side === side ? [sample.round] : [])).toSorted((a, b) => a - b);
  const [c, ours] = [rounds('c'), rounds('ours')];
  return new Set(c).size === c.length && c.length === ours.length && c.every((round, at) => round === ours[at]);
}
