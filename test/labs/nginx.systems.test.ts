/** nginx itself: one configuration, six behaviours. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import lab from '../../labs/nginx.ts';
import { extras, runLab } from './lab-run.ts';

const present = ['nginx', 'openssl'].every((name) => spawnSync(name, ['-v']).error === undefined);
if (!present) process.stderr.write("nginx: nginx or openssl is missing: 'apt-get install -y nginx-light openssl'\n");

test('each way serves the file whole, by its own calls', { timeout: 120_000 }, async () => {
  const bytes = 8 * 2 ** 20;
  const result = await runLab(lab, { bytes });
  expect(result).toMatchObject({ kind: 'time', cannotRun: [], parameters: { nginx: expect.any(String) } });
  const seen = extras(result);
  expect(Object.keys(seen).sort()).toEqual(Object.keys(lab.variants).sort());
  const sent = (way: string) => (seen[way]?.sendfileCalls ?? -1) > 0;
  expect(Object.keys(seen).filter(sent).sort()).toEqual(['no-limit', 'on']);
  // Without sendfile nginx reads at most its output buffer of 32 KiB at a time.
  for (const way of ['off', 'directio', 'tls', 'gzip'])
    expect(seen[way]?.readCalls).toBeGreaterThanOrEqual(bytes / 32_768);
  // One call takes at most 2 MiB; without that limit it takes what the client makes room for.
  expect(seen.on?.sendfileCalls).toBeGreaterThanOrEqual(bytes / 2 ** 21);
  expect(seen.off?.receivedBytes).toBe(bytes);
});
