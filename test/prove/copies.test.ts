import { describe, expect, it } from 'vitest';
import { copiesBar, copiesSummary, type ProveCopies, proveCopiesSchema, wrongCopies } from '#model/prove.ts';
import { environment } from '../fixtures/environment.ts';

const rows = copiesBar.expected.map(({ variant, link, receiver, copies }) => ({
  variant,
  link,
  receiver,
  fileSystem: 'ext4',
  payloadBytes: 1000,
  copiedTotal: copies * 1000,
}));
const run = { order: 0, seed: 1, kernel: '6.12.1', rows };

describe('wrongCopies()', () => {
  it('accepts the right numbers, and less than a hundredth beside them', () => {
    expect(wrongCopies(run)).toEqual([]);
    expect(wrongCopies({ ...run, rows: rows.map((row) => ({ ...row, copiedTotal: row.copiedTotal + 9 })) })).toEqual(
      [],
    );
  });

  it.each(rows.map((row, at) => ({ ...row, at })))(
    'refuses another number for $variant over $link',
    ({ at, ...row }) => {
      const wrong = rows.with(at, { ...row, copiedTotal: row.copiedTotal + 20 });
      expect(wrongCopies({ ...run, rows: wrong })).toEqual([
        expect.stringContaining(`${row.variant} over ${row.link}`),
      ]);
    },
  );

  it('refuses a run in which one was not counted', () => {
    expect(wrongCopies({ ...run, rows: rows.slice(1) })).toEqual([expect.stringMatching(/was not counted$/)]);
  });
});

describe('copiesSummary()', () => {
  const series = (runs: ProveCopies['runs'], share = 1): ProveCopies =>
    proveCopiesSchema.parse({
      kind: 'prove-copies',
      schemaVersion: 1,
      startedAt: '2026-11-21T10:00:00Z',
      durationNs: 1,
      seed: 1,
      share,
      small: false,
      environment,
      parameters: { guestKernel: '6.12', bytes: 1000 },
      runs,
    });
  const ten = Array.from({ length: 10 }, (_, order) => ({ ...run, order }));

  it('holds when ten of ten are right, and has no bar for a part', () => {
    expect(copiesSummary(series(ten))).toMatchObject({ held: true, text: expect.stringContaining('In 10 of 10 runs') });
    expect(copiesSummary(series(ten.slice(1), 0.9)).held).toBeNull();
  });

  it('does not hold when one is wrong', () => {
    const wrong = { ...run, rows: rows.slice(1) };
    expect(copiesSummary(series(ten.with(3, wrong)))).toMatchObject({
      held: false,
      text: expect.stringContaining('9 of 10'),
    });
  });
});
