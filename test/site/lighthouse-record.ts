/** lighthouse.json: what Lighthouse said of the built site, by page and run. */
import { z } from 'zod';

const score = z.int().min(0).max(100);

const runSchema = z.strictObject({
  performance: score,
  accessibility: score,
  bestPractices: score,
  seo: score,
  largestPaintMs: z.number().nonnegative(),
  blockingMs: z.number().nonnegative(),
  layoutShift: z.number().nonnegative(),
  /** Audits with less than full marks; many weigh nothing. */
  lost: z.array(z.string()),
});
export type LighthouseRun = z.infer<typeof runSchema>;

export const lighthouseSchema = z.strictObject({
  /** Package and version. */
  lighthouse: z.string(),
  browser: z.string(),
  machine: z.string(),
  date: z.iso.date(),
  pages: z.array(z.strictObject({ path: z.string(), runs: z.array(runSchema).min(5) })).min(4),
});
export type LighthouseRecord = z.infer<typeof lighthouseSchema>;

/** The median of a quantity over a page's runs. */
export function medianOf(runs: readonly LighthouseRun[], quantity: Exclude<keyof LighthouseRun, 'lost'>): number {
  const values = runs.map((run) => run[quantity]).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.NaN;
}
