/** labs/catalogue.json: what every lab asks, costs and needs. Written from the labs, held equal by a test; the site and `./zc list` read it. */
import { z } from 'zod';

const costSchema = z.strictObject({
  /** Expected duration on a small machine; a lab says what it will cost before it starts. */
  seconds: z.number().positive(),
  diskBytes: z.int().nonnegative(),
  memoryBytes: z.int().nonnegative(),
});
export type Cost = z.infer<typeof costSchema>;

/** A quantity of a sample: a field that every sample has, or one that the lab adds (`extra.…`). */
const quantityName = z
  .string()
  .regex(
    /^(totalCpuNs|senderCpuNs|receiverCpuNs|wallNs|minorFaults|majorFaults|switches|peakMemoryBytes|calls|extra\.[a-z][A-Za-z0-9]*)$/,
  );

/** What one number of the answer is divided by. `operation`: by `extra.operations`. */
const perSchema = z.enum(['GiB', 'operation', 'sample']);

const measured = { measure: quantityName, per: perSchema };

/** The shape that a lab's answer has: the report and the page are laid out by it. */
export const answerSchema = z.discriminatedUnion('shape', [
  /** Every variant against the baseline, with its interval. */
  z.strictObject({ shape: z.literal('ratio'), ...measured }),
  /** The ratio along a factor, and the range of it in which the better one changes. */
  z.strictObject({ shape: z.literal('crossover'), ...measured, along: z.string() }),
  /** A line a variant along a factor: what one more of it costs. */
  z.strictObject({ shape: z.literal('growth'), ...measured, along: z.string() }),
  /** `latenciesNs` of each variant. */
  z.strictObject({ shape: z.literal('distribution') }),
  /**
   * Rows of quantities. `says` is the conclusion, with medians in it: `{variant.extra.zeroBytes}`, and a factor's value
   * where a variant has several series: `{variant[link=tcp].calls}`.
   */
  z.strictObject({ shape: z.literal('facts'), columns: z.array(quantityName).min(1), says: z.string() }),
]);
export type Answer = z.infer<typeof answerSchema>;

export const catalogueEntrySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** Only `time` has a clock; the other two may run in the guest as well. */
  kind: z.enum(['time', 'proof', 'count']),
  title: z.string(),
  /** One sentence with a question mark. */
  question: z.string(),
  /** Among the labs a newcomer is shown, at this place; null for the others. */
  first: z.int().positive().nullable(),
  /** What a reader may conclude from it, and what not. */
  shows: z.array(z.string()).min(1),
  leavesOut: z.array(z.string()).min(1),
  /** What it needs, and what happens without. */
  needs: z.array(
    z.strictObject({
      need: z.string(),
      without: z.string(),
      /** True where nothing of the lab runs without it but in the guest: it counts in the kernel. */
      orGuest: z.literal(true).optional(),
    }),
  ),
  /** Variant name → title, in the order of the report; the baseline is one of them. */
  variants: z.record(z.string(), z.string()),
  baseline: z.string(),
  /** Without one: total CPU per GiB, as a ratio. */
  answer: answerSchema.optional(),
  /** What the lab's own numbers are: `extra` name → title, and how it is printed. */
  quantities: z
    .record(
      z.string(),
      z.strictObject({ title: z.string(), unit: z.enum(['ns', 'bytes', 'count', 'share', 'per-second', 'yes-no']) }),
    )
    .optional(),
  /**
   * What the lab's own factors are in words: factor name → `{}` for the value, as in `{} consumers`. A number is written as
   * bytes where the name is `size` or `chunk` or ends with `Bytes`.
   */
  factors: z.record(z.string(), z.string()).optional(),
  cost: z.strictObject({ quick: costSchema, default: costSchema, full: costSchema }),
});
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>;

export const catalogueSchema = z.strictObject({ schemaVersion: z.literal(1), labs: z.array(catalogueEntrySchema) });
