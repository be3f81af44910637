/** The two programs of 2008 send the same bytes. */
import { expect, test } from 'vitest';
import lab from '../../labs/java-2008.ts';
import { runLab } from './lab-run.ts';

test('both ways send the file, small ones more than once', { timeout: 120_000 }, async () => {
  const bytes = 40 * 2 ** 20;
  const result = await runLab(lab, { bytes });
  expect(result).toMatchObject({ kind: 'time', cannotRun: [], parameters: { java: expect.any(String) } });
  const sent = result.series.map(({ variant, role, factors, samples: [sample] }) => {
    return [variant, role, factors.bytes, sample && 'bytes' in sample ? sample.bytes : 0];
  });
  expect(sent).toEqual([
    ['traditional', 'baseline', bytes, 2 * bytes],
    ['traditional', 'repeat', bytes, 2 * bytes],
    ['transfer-to', 'variant', bytes, 2 * bytes],
  ]);
});
