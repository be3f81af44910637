/** The series of `npm run prove:copies`: whether the kernel's copies come out the same in every run. */
import { z } from 'zod';
import { type ProveSummary, proveCommon } from './prove-common.ts';

const count = z.int().nonnegative();

/** One way of sending in one run. */
const copiesRowSchema = z.strictObject({
  variant: z.string(),
  link: z.string(),
  receiver: z.string(),
  fileSystem: z.string(),
  payloadBytes: count,
  /** By every processor together, the receiver's own included. */
  copiedTotal: count,
});
export type CopiesRow = z.infer<typeof copiesRowSchema>;

const copiesRunSchema = z.strictObject({
  order: count,
  seed: count,
  /** Release of the guest's kernel. */
  kernel: z.string(),
  rows: z.array(copiesRowSchema).min(1),
});
export type CopiesRun = z.infer<typeof copiesRunSchema>;

export const proveCopiesSchema = z.strictObject({
  kind: z.literal('prove-copies'),
  ...proveCommon,
  parameters: z.strictObject({ guestKernel: z.string(), bytes: count }),
  runs: z.array(copiesRunSchema).min(1),
});
export type ProveCopies = z.infer<typeof proveCopiesSchema>;

/** What the series is held against: copies of each byte, the receiver's own included, each within `tolerance`. */
export const copiesBar = {
  runs: 10,
  tolerance: 0.01,
  expected: [
    { variant: 'read-write', link: 'tcp', receiver: 'read', copies: 3 },
    { variant: 'mmap-write', link: 'tcp', receiver: 'read', copies: 2 },
    { variant: 'sendfile', link: 'tcp', receiver: 'read', copies: 1 },
    { variant: 'splice', link: 'tcp', receiver: 'read', copies: 1 },
    { variant: 'sendfile', link: 'tcp', receiver: 'discard', copies: 0 },
    { variant: 'read-write', link: 'veth-no-gather', receiver: 'read', copies: 4 },
    { variant: 'sendfile', link: 'veth-no-gather', receiver: 'read', copies: 2 },
  ],
} as const;

/** Expected rows that this run did not give, in words; empty: none. */
export function wrongCopies({ rows }: CopiesRun): string[] {
  return copiesBar.expected.flatMap(({ variant, link, receiver, copies }) => {
    const row = rows.find(
      (one) => one.variant === variant && one.link === link && one.receiver === receiver && one.fileSystem !== 'tmpfs',
    );
    const name = `${variant} over ${link}, receiver ${receiver}: expected ${copies.toFixed(2)} copies of each byte`;
    if (!row) return [`${name}, and it was not counted`];
    const found = row.copiedTotal / row.payloadBytes;
    return Math.abs(found - copies) <= copiesBar.tolerance ? [] : [`${name}, found ${found.toFixed(4)}`];
  });
}

/** In how many runs every expected number came out. */
export function copiesSummary({ runs, share, small, parameters }: ProveCopies): ProveSummary {
  const right = runs.filter((run) => wrongCopies(run).length === 0).length;
  const whole = share === 1 && !small && runs.length >= copiesBar.runs;
  return {
    held: right < runs.length ? false : whole ? true : null,
    text: `In ${right} of ${runs.length} runs on Linux ${parameters.guestKernel} all ${copiesBar.expected.length} numbers of copies came out as expected, within ${copiesBar.tolerance}.`,
  };
}
