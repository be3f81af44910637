/** What every long series has (prove.ts). */
import { z } from 'zod';
import { environmentSchema } from './environment.ts';

/** Raised when a field changes its meaning or goes. */
export const PROVE_SCHEMA_VERSION = 1;

const count = z.int().nonnegative();

export const proveCommon = {
  schemaVersion: z.literal(PROVE_SCHEMA_VERSION),
  startedAt: z.iso.datetime(),
  durationNs: count,
  /** The order of the runs, their moments and their own seeds are drawn from it. */
  seed: count,
  /** Part of the full series, 1 for all of it; `small`: and of each run's work. The bar is for full series. */
  share: z.number().positive().max(1),
  small: z.boolean(),
  environment: environmentSchema,
};

/** What a series came to. `held`: it met its bar; null: there is none for a part of a series. */
export interface ProveSummary {
  readonly held: boolean | null;
  readonly text: string;
}
