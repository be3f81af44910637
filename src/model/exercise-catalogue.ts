/** labs/exercises/catalogue.json: what the pages of the exercises show. Written from the exercises, never by hand. */
import { z } from 'zod';

export const exerciseEntrySchema = z.object({
  /** Folder's name, `03-send-file`. */
  id: z.string().regex(/^\d\d-[a-z0-9-]+$/),
  title: z.string(),
  article: z.string().startsWith('/'),
  hints: z.array(z.string()).min(1),
  /** Wrong answers that the check was tried on. */
  wrong: z
    .array(
      z.object({
        name: z.string(),
        wrong: z.string(),
        deliversEverything: z.boolean(),
        rightOnExamples: z.boolean(),
        code: z.string(),
      }),
    )
    .min(4),
});

export const exerciseCatalogueSchema = z.object({
  schemaVersion: z.literal(1),
  exercises: z.array(exerciseEntrySchema),
});

export type ExerciseEntry = z.infer<typeof exerciseEntrySchema>;
