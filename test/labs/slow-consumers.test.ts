import { expect, test } from 'vitest';
import lab from '../../labs/slow-consumers.ts';
import { runLab } from './lab-run.ts';

test('every number of consumers is sent to in both ways, and the last of them finds the file', async () => {
  const result = await runLab(lab, { bytes: 64 * 1024 });
  expect(result).toMatchObject({ kind: 'time', cannotRun: [] });
  const series = result.series.map(({ variant, role, factors }) => `${variant} ${role} ${factors.consumers}`);
  expect(series).toEqual(
    [50, 200].flatMap((consumers) => [
      `read-write baseline ${consumers}`,
      `read-write repeat ${consumers}`,
      `sendfile variant ${consumers}`,
    ]),
  );
  for (const { samples, factors, variant } of result.series) {
    const queues = Math.max(100, Number(factors.consumers));
    const each = variant === 'sendfile' ? { sendfile: queues } : { pread: queues, write: queues };
    expect(samples[0]).toMatchObject({ calls: each });
    expect(samples[0]).toHaveProperty('extra.memoryBytes');
  }
});
