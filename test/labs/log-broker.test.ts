/** The lab at toy size: bytes, never times. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import lab from '../../labs/log-broker.ts';
import { runLab } from './lab-run.ts';

const present = (program: string) => spawnSync(program, ['--version']).error === undefined;

test('every way serves what was produced', { timeout: 240_000 }, async () => {
  const result = await runLab(lab, { bytes: 2 ** 21 });
  expect(result.kind).toBe('time');
  if (result.kind !== 'time') return;
  const lacking = [...new Set(result.cannotRun.map(({ variant }) => variant))];
  expect(lacking).toEqual([
    ...(present('openssl') ? [] : ['tls']),
    ...(present('cc') ? [] : ['bare-copying', 'bare-sendfile']),
  ]);
  const ran = new Set(result.series.map(({ variant }) => variant));
  // Who waits for the disk is asked in the other modes.
  expect([...ran, ...lacking, 'sendfile-waits'].sort()).toEqual(Object.keys(lab.variants).sort());
  // That all ways came to the same bytes is seen to by every run.
  expect(result.integrity.received.length).toBeGreaterThan(Object.keys(lab.variants).length);
});
