import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProveCopies, wrongCopies } from '#model/prove.ts';
import { runSeries } from './run-series.ts';

describe('a tenth of npm run prove:copies', () => {
  let series: ReturnType<typeof runSeries>;
  beforeAll(() => {
    series = runSeries('copies', ['--share', '0.1']);
  });
  afterAll(() => series.remove());

  it('counts every expected number of copies', () => {
    expect({ status: series.status, stderr: series.stderr }).toMatchObject({ status: 0 });
    const { runs } = series.result as ProveCopies;
    expect(runs.map(wrongCopies)).toEqual([[]]);
    expect(runs[0]?.rows.length).toBeGreaterThan(50);
  });
});
