/**
 * What a lab run leaves behind: one JSON document, the same for the terminal, the result store, the committed reference
 * results and the site. It holds raw samples only; every summary is derived from them by statistics.ts where it is shown.
 *
 * Units are in the names: `Ns` nanoseconds, `Bytes` bytes. Counts have no unit.
 */
import { z } from 'zod';
import { countSampleSchema } from './count-sample.ts';
import { environmentSchema } from './environment.ts';
import { SCHEMA_VERSION } from './result-version.ts';

export { SCHEMA_VERSION } from './result-version.ts';

const count = z.int().nonnegative();

/** What a series was run with: link, chunk size, control … by factor name. */
export const factorsSchema = z.record(z.string(), z.union([z.string(), z.number()]));
export type Factors = z.infer<typeof factorsSchema>;

/**
 * What a lab adds of its own: numbers by name, the unit at the end of the name (`…Ns`, `…Bytes`; none for a count).
 * `operations` is how often the same thing was done in the sample. The catalogue's `quantities` say what each name is.
 */
const extraSchema = z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), z.number());

/** System calls by name; null where only a trace could know them (a Node stream, a Java program). */
const callsSchema = z.record(z.string(), count).nullable();

const place = {
  /** Round of the interleaved schedule, from 0. */
  round: count,
  /** Position in the whole run, from 0: the order in which samples were really taken. */
  order: count,
};

/**
 * One timed transfer, or one piece of other work: then the *sender* is the working process, and the receiver's CPU is 0
 * unless other processes had a part. Faults, switches and memory are the sender's.
 */
export const timeSampleSchema = z.strictObject({
  ...place,
  /** From the sender's first call to the receiver having the last byte, or to the end of the work. CLOCK_MONOTONIC. */
  wallNs: z.int().positive(),
  /** CLOCK_PROCESS_CPUTIME_ID of the sending process over the sample, user and system together. */
  senderCpuNs: z.int().positive(),
  receiverCpuNs: count,
  bytes: z.int().positive(),
  calls: callsSchema,
  minorFaults: count,
  majorFaults: count,
  voluntarySwitches: count,
  involuntarySwitches: count,
  peakMemoryBytes: count,
  /** True when the cgroup's CPU limit stopped one of the processes during the sample. */
  throttled: z.boolean(),
  /** Time the hypervisor gave to others over the sample, of all CPUs (tick 10 ms); absent where it is not known. */
  stealNs: count.optional(),
  extra: extraSchema.optional(),
  /** How long each request took from the start that was planned for it, in that order. */
  latenciesNs: z.array(count).optional(),
});
export type TimeSample = z.infer<typeof timeSampleSchema>;

/** One run of the overwrite test: how many of the bytes that arrived were written before, and after, the send call returned. */
export const proofSampleSchema = z.strictObject({
  ...place,
  /** Bytes the send calls reported as sent before the file was overwritten. */
  sentBytes: count,
  /** Received bytes with the content the file had during the call. */
  oldBytes: count,
  /** Received bytes with the content that was written over the file after the call had returned. */
  newBytes: count,
  /** Received bytes that are neither. */
  otherBytes: count,
  /** Bytes of the file that read back as overwritten, which shows that the overwrite happened. */
  overwrittenBytes: count,
  /** For MSG_ZEROCOPY: whether the kernel's completion said that it copied after all; absent for every other path. */
  kernelSaysCopied: z.boolean().optional(),
  calls: callsSchema,
});
export type ProofSample = z.infer<typeof proofSampleSchema>;

const seriesOf = <S extends z.ZodType>(sample: S) => ({
  variant: z.string(),
  /** `baseline` and `repeat` are the same thing, run twice a round: what they differ by is this machine's noise. */
  role: z.enum(['baseline', 'repeat', 'variant']),
  factors: factorsSchema,
  samples: z.array(sample).min(1),
});

const timeSeriesSchema = z.strictObject({
  ...seriesOf(timeSampleSchema),
  /** CPU time of the whole machine over the series' samples, from /proc/stat (tick 10 ms); null where it is not readable. */
  machineCpuNs: count.nullable(),
  /** Time the hypervisor gave to others over the series' samples. */
  stealNs: count.nullable(),
});
export type TimeSeries = z.infer<typeof timeSeriesSchema>;

const proofSeriesSchema = z.strictObject(seriesOf(proofSampleSchema));
export type ProofSeries = z.infer<typeof proofSeriesSchema>;

const countSeriesSchema = z.strictObject(seriesOf(countSampleSchema));
export type CountSeries = z.infer<typeof countSeriesSchema>;

/** Something that could not run on this machine, found out by trying. */
const cannotRunSchema = z.strictObject({
  variant: z.string(),
  factors: factorsSchema,
  /** Code of src/model/words/needs.ts; the English stands there. */
  why: z.string(),
  args: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type CannotRun = z.infer<typeof cannotRunSchema>;

/** A warning is a value; src/model/words/warnings.ts says it, with its remedy. */
export const warningSchema = z.strictObject({
  code: z.string(),
  args: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Warning = z.infer<typeof warningSchema>;

/** One transfer a variant, before anything is measured, hashed at the far end; of other work, what came out of it. */
const integritySchema = z.strictObject({
  algorithm: z.enum(['sha256', 'check']),
  expected: z.string(),
  /** Each its own `expected` where something else had to arrive with its factors: answers with headers, say. */
  received: z.array(
    z.strictObject({
      variant: z.string(),
      factors: factorsSchema,
      bytes: count,
      hash: z.string(),
      expected: z.string().optional(),
    }),
  ),
});

/** How long the run took; a `count` result has no time in it. */
const duration = { durationNs: z.int().nonnegative() };

const common = {
  schemaVersion: z.literal(SCHEMA_VERSION),
  lab: z.string(),
  question: z.string(),
  /** When the run began, ISO 8601 in UTC. */
  startedAt: z.iso.datetime(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  environment: environmentSchema,
  /** Seed of the schedule's shuffle: the same seed gives the same order. */
  seed: z.int().nonnegative(),
  /** Variant that everything is compared with. */
  baseline: z.string(),
  cannotRun: z.array(cannotRunSchema),
  warnings: z.array(warningSchema),
};

export const timeResultSchema = z.strictObject({
  kind: z.literal('time'),
  ...common,
  ...duration,
  series: z.array(timeSeriesSchema).min(1),
  integrity: integritySchema,
});
export type TimeResult = z.infer<typeof timeResultSchema>;

export const proofResultSchema = z.strictObject({
  kind: z.literal('proof'),
  ...common,
  ...duration,
  series: z.array(proofSeriesSchema).min(1),
});
export type ProofResult = z.infer<typeof proofResultSchema>;

export const countResultSchema = z.strictObject({
  kind: z.literal('count'),
  ...common,
  series: z.array(countSeriesSchema).min(1),
});
export type CountResult = z.infer<typeof countResultSchema>;

/** A union by `kind`. Only `time` has measured times; `proof` and `count` may come from a guest. */
export const labResultSchema = z.discriminatedUnion('kind', [timeResultSchema, proofResultSchema, countResultSchema]);
export type LabResult = z.infer<typeof labResultSchema>;
export type Series = LabResult['series'][number];
