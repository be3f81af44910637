import { expect, test } from 'vitest';
import lab from '../../labs/latency.ts';
import { runLab } from './lab-run.ts';

test('replies of the asked size come by both ways', async () => {
  const result = await runLab(lab, { bytes: 4096 });
  expect(result).toMatchObject({ kind: 'time', cannotRun: [] });
  const series = result.series.map(({ variant, role, factors }) => `${variant} ${role} ${factors.bytes}`);
  expect(series).toEqual(['read-write baseline 4096', 'read-write repeat 4096', 'sendfile variant 4096']);
});
