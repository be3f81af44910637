import { expect, test } from 'vitest';
import lab from '../../labs/copy-file.ts';
import { runLab } from './lab-run.ts';

test('every way makes the same copy, with the calls that it says, or cannot run here', async () => {
  const result = await runLab(lab, { bytes: 300_000 });
  const received = result.kind === 'time' ? result.integrity.received : [];
  expect(new Set(received.map(({ hash }) => hash)).size).toBe(1);
  expect(received[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  const calls = Object.fromEntries(result.series.map(({ variant, samples }) => [variant, samples[0]?.calls]));
  expect(calls).toMatchObject({
    'read-write': { read: 5, write: 5 },
    sendfile: { sendfile: expect.any(Number) },
    'copy-file-range': { copy_file_range: expect.any(Number) },
  });
  const cloned = result.series.some(({ variant }) => variant === 'clone');
  expect(result.cannotRun.map(({ variant, why }) => [variant, why])).toEqual(cloned ? [] : [['clone', 'no-reflink']]);
});
