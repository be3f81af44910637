import { expect, test } from 'vitest';
import lab from '../../labs/slow-network.ts';
import { runLab } from './lab-run.ts';

test('both ways send the file over every network, and the calls are those of the paths', async () => {
  const bytes = 256 * 1024;
  const result = await runLab(lab, { bytes });
  expect(result.kind).toBe('time');
  // Three networks; a neighbour beside one of them.
  expect(result.series).toHaveLength((3 + 1) * 3);
  for (const { variant, samples } of result.series) {
    const [sample] = samples;
    expect(sample).toMatchObject({ bytes });
    const calls = sample && 'calls' in sample ? sample.calls : null;
    expect(Object.keys(calls ?? {})).toEqual(variant === 'sendfile' ? ['sendfile'] : ['pread', 'write']);
    if (variant === 'read-write') expect(calls?.pread).toBe(4);
  }
});
