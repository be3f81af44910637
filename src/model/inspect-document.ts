/** What `./zc inspect --json` prints: a trace's account, how it was taken, and with `--copies` what the kernel copied. */
import { z } from 'zod';
import { countSampleSchema } from './count-sample.ts';
import { TALLY_VERSION, type Tally, type WatchedCopies } from './tally.ts';

const count = z.int().nonnegative();
const byCall = z.record(z.string(), count);
const kind = z.enum(['tcp', 'unix', 'other']);

const flowSchema = z.strictObject({
  file: z.string(),
  socket: z.string(),
  kind,
  bytes: count,
  ways: z.array(
    z.strictObject({ calls: z.array(z.string()), moved: z.enum(['reference', 'copy', 'asked']), bytes: count }),
  ),
  bytesByCall: byCall,
  calls: byCall,
  shortCalls: count,
  refusals: z.array(z.strictObject({ call: z.string(), errno: z.string(), count })),
});

const tallySchema = z.strictObject({
  flows: z.array(flowSchema),
  sockets: z.array(z.strictObject({ socket: z.string(), kind, bytes: count, fromFiles: count, fromMemory: count })),
  reads: z.array(z.strictObject({ file: z.string(), bytes: count, sent: count })),
  unaccounted: z.array(
    z.strictObject({
      code: z.string(),
      args: z.record(z.string(), z.union([z.string(), z.number()])),
      bytes: count.nullable(),
    }),
  ),
  calls: byCall,
  processes: count,
}) satisfies z.ZodType<Tally>;

const copiesSchema = countSampleSchema
  .pick({
    copiedBytes: true,
    copiedTotal: true,
    bystanderBytes: true,
    referencedBytes: true,
    encryptedBytes: true,
    decryptedBytes: true,
    sites: true,
    crossCheck: true,
  })
  .required()
  .extend({
    watched: z.strictObject({
      functions: z.array(z.string()),
      missing: z.array(z.string()),
      primitive: z.string().nullable(),
    }),
  }) satisfies z.ZodType<WatchedCopies>;

export const inspectSchema = tallySchema.extend({
  schemaVersion: z.literal(TALLY_VERSION),
  /** What was run; or the process that was traced. */
  command: z.array(z.string()).optional(),
  pid: count.optional(),
  ended: z.enum(['by-itself', 'time', 'stopped']),
  exitCode: z.int().nullable(),
  exitSignal: z.string().nullable(),
  /** Bytes of files that went by page reference all the way. */
  referencedBytes: count,
  copies: copiesSchema.optional(),
});
export type InspectDocument = z.infer<typeof inspectSchema>;
