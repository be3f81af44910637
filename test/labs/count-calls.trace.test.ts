/** The lab count-calls at toy size, under strace: calls and bytes are exact. */
import { expect, test } from 'vitest';
import { countResultSchema } from '#model/result.ts';
import { predictions } from '#model/words/crossings.ts';
import { place, zc } from '../cli/zc.ts';

test('count-calls accounts for every byte, and finds the calls that the path models predict', async () => {
  using home = place();
  const { code, stdout } = await zc(['run', 'count-calls', '--size', '300000', '--json'], home);
  expect(code).toBe(0);
  const result = countResultSchema.parse(JSON.parse(stdout));
  expect(result).toMatchObject({ cannotRun: [], parameters: { traced: true } });
  for (const { variant, samples } of result.series) {
    const [sample] = samples;
    expect({ variant, ...sample }).toMatchObject({ payloadBytes: 300_000, unaccountedBytes: 0 });
    const bytes = Object.values(sample?.bytesByCall ?? {}).reduce((sum, one) => sum + one, 0);
    expect({ variant, bytes }).toEqual({ variant, bytes: 300_000 });
    expect(sample?.minorFaults).toBeGreaterThanOrEqual(0);
  }
  // Blocking senders come back when everything is taken; what does not wait may need more calls.
  const { of, differences } = predictions(result);
  expect(of).toBe(33);
  expect(differences.filter(({ variant }) => variant !== 'sendfile-polling')).toEqual([]);
  expect(stdout).not.toMatch(/Ns"/);
});
