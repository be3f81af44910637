import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProveKill } from '#model/prove.ts';
import { runSeries } from './run-series.ts';

describe('a tenth of npm run prove:guest-kill', () => {
  let series: ReturnType<typeof runSeries>;
  beforeAll(() => {
    series = runSeries('guest-kill', ['--share', '0.1']);
  });
  afterAll(() => series.remove());

  it('leaves no process, image or file, two seconds after its main process was killed', () => {
    expect({ status: series.status, stderr: series.stderr }).toMatchObject({ status: 0 });
    const { runs } = series.result as ProveKill;
    expect(runs.map(({ signal, endedBy, faults }) => ({ signal, endedBy, faults }))).toEqual(
      Array(2).fill({ signal: 'SIGKILL', endedBy: 'SIGKILL', faults: [] }),
    );
    // The moments fell into runs: there was something to clean up.
    expect(runs.some(({ had }) => had.processes > 1 && had.files > 0)).toBe(true);
  });
});
