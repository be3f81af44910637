import { expect, test } from 'vitest';
import lab from '../../labs/splice-proxy.ts';
import { extras, runLab } from './lab-run.ts';

test('a proxy that splices hands on the pages that came in, one that copies does not, and both pass on everything', async () => {
  const result = await runLab(lab, { bytes: 512 * 1024 });
  const found = extras(result);
  expect(found['recv-send']).toMatchObject({ operations: 8, newBytes: 0 });
  expect(found.splice).toMatchObject({ operations: 8, newBytes: 64 * 1024 });
  for (const { variant, samples } of result.series) {
    const [sample] = samples;
    const calls = sample?.calls ?? {};
    expect(Object.keys(calls)).toEqual(variant === 'splice' ? ['splice'] : ['recv', 'send']);
    for (const made of Object.values(calls)) expect(made).toBeGreaterThanOrEqual(8);
  }
});
