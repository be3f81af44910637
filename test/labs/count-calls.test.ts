/** The lab count-calls at toy size where strace is missing: it goes on with the senders' own counts, and says so. */
import { describe, expect, test } from 'vitest';
import { countResultSchema } from '#model/result.ts';
import { place, zc } from '../cli/zc.ts';

describe('count-calls without strace', () => {
  test('counts what the senders know, and names what is missing with its remedy', async () => {
    using home = place();
    const without = { PATH: home.folder };
    const { code, stdout } = await zc(['run', 'count-calls', '--size', '200000', '--json'], home, without);
    expect(code).toBe(0);
    const result = countResultSchema.parse(JSON.parse(stdout));
    expect(new Set(result.cannotRun.map(({ why }) => why))).toEqual(new Set(['no-strace']));
    expect(result.parameters.traced).toBe(false);
    for (const { variant, factors, samples } of result.series) {
      const [sample] = samples;
      expect(sample).toMatchObject({ payloadBytes: 200_000 });
      expect(sample).not.toHaveProperty('bytesByCall');
      if (variant === 'node-stream' || variant === 'sendfile-polling') expect(sample?.calls).toBeNull();
      if (variant === 'sendfile' && factors.chunk === 4096) expect(sample?.calls).toEqual({ sendfile: 49 });
    }
    const report = await zc(['run', 'count-calls', '--size', '200000'], home, without);
    expect(report.stdout).toContain('strace is not installed');
    expect(report.stdout).not.toMatch(/NaN|undefined|Infinity/);
    expect(report.stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(25);
  });
});
