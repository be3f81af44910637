/** labs/catalogue.json: what every lab asks, costs and needs. Written from the labs, held equal by a test; the site and `./zc list` read it. */
import { z } from 'zod';

const costSchema = z.strictObject({
  /** Expected duration on a small machine; a lab says what it will cost before it starts. */
  seconds: z.number().positive(),
  diskBytes: z.int().nonnegative(),
  memoryBytes: z.int().nonnegative(),
});
export type Cost = z.infer<typeof costSchema>;

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
  cost: z.strictObject({ quick: costSchema, default: costSchema, full: costSchema }),
});
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>;

export const catalogueSchema = z.strictObject({ schemaVersion: z.literal(1), labs: z.array(catalogueEntrySchema) });
