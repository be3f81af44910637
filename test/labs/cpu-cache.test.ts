import { expect, test } from 'vitest';
import lab from '../../labs/cpu-cache.ts';
import { runLab } from './lab-run.ts';

test('every working set is walked after each way of moving', async () => {
  const result = await runLab(lab, { bytes: 64 * 1024 });
  expect(result).toMatchObject({ kind: 'time', cannotRun: [] });
  const series = result.series.filter(({ role }) => role !== 'repeat');
  expect(series.map(({ variant, factors }) => `${variant} ${Number(factors.workingBytes) / 2 ** 18}`)).toEqual(
    [1, 4, 16].flatMap((size) => ['read-write', 'sendfile', 'nothing'].map((variant) => `${variant} ${size}`)),
  );
});
