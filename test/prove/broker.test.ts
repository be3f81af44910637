import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProveBroker, proveBrokerSchema } from '#model/prove.ts';
import { runSeries } from './run-series.ts';

describe('a small tenth of npm run prove:broker', () => {
  let series: ReturnType<typeof runSeries>;
  beforeAll(() => {
    series = runSeries('broker', ['--share', '0.1', '--small']);
  }, 300_000);
  afterAll(() => series.remove());

  it('loses nothing, stands every frame, and gives clients what they wrote', () => {
    expect({ status: series.status, stderr: series.stderr }).toMatchObject({ status: 0 });
    const { runs, parameters } = proveBrokerSchema.parse(series.result) as ProveBroker;
    expect(runs.flatMap(({ faults }) => faults)).toEqual([]);
    const kinds = Map.groupBy(runs, ({ does }) => does);
    expect(kinds.get('kill')).toHaveLength(10);
    expect(kinds.get('frames')).toMatchObject([{ frames: 100 }]);
    expect(kinds.get('records') ?? []).toHaveLength(3 * (2 - parameters.missing.length));
    const read = (kinds.get('records') ?? []).map((one) => (one.does === 'records' ? one.sha256 : ''));
    expect(new Set(read).size).toBeLessThanOrEqual(1);
  });
});
