/** What every predicate over a lab of tasks is tried on: results that hold, that do not, that are noisy, that lack a series. */
import { expect, test } from 'vitest';
import { type Claim, claims, type MachineVerdict, type Predicate } from '#model/claims/index.ts';
import type { LabResult } from '#model/result.ts';

/** The predicate by which a lab decides a claim. */
export function predicateOf(claim: string, lab: string): Predicate {
  const found = claims.find(({ id }: Claim) => id === claim)?.tests?.find((one) => one.lab === lab);
  if (!found) throw new Error(`Expected claim ${claim} to be tested by ${lab}`);
  return found.judge;
}

/** One row: what it is of, the result, and what must be found. */
export type Row = readonly [what: string, result: LabResult, found: MachineVerdict];

/** Tries the rows; then takes every series out of the first result, one after the other: some of them must be missed. */
export function tryPredicate(claim: string, lab: string, rows: readonly Row[]): void {
  const judge = predicateOf(claim, lab);
  test.each(rows)(`${claim} by ${lab}: %s`, (_, result, found) => {
    const finding = judge(result);
    expect(finding.state).toBe(found);
    if ('numbers' in finding) {
      expect(finding.numbers.length).toBeGreaterThan(0);
      expect(finding.numbers.every(({ value }) => Number.isFinite(value))).toBe(true);
    }
  });
  test(`${claim} by ${lab} is not run without any one of the series that it needs`, () => {
    const [, result] = rows[0] as Row;
    const all = result.series as readonly LabResult['series'][number][];
    const states = all.map((_one, at) => judge({ ...result, series: all.toSpliced(at, 1) } as LabResult).state);
    const changed = states.filter((state) => state !== judge(result).state);
    expect(changed.length).toBeGreaterThan(0);
    expect(new Set(changed)).toEqual(new Set(['not-run']));
  });
}
