import { expect, test } from 'vitest';
import lab from '../../labs/copy-file.ts';
import { runLab } from './lab-run.ts';

test("Node's copies are one call that stays in the kernel, its streams read and write", async () => {
  const result = await runLab(lab, { bytes: 300_000 });
  const of = (name: string) => result.series.find(({ variant }) => variant === name)?.samples[0]?.calls ?? {};
  for (const variant of ['node-copy-file', 'node-cp']) {
    expect(Object.keys(of(variant)).filter((call) => /^(copy_file_range|sendfile|ioctl)$/.test(call))).not.toEqual([]);
    expect(Object.keys(of(variant)).filter((call) => /read|write/.test(call))).toEqual([]);
  }
  const names = Object.keys(of('node-stream'));
  expect(names.some((call) => call.includes('read'))).toBe(true);
  expect(names.some((call) => call.includes('write'))).toBe(true);
  expect(names).not.toContain('copy_file_range');
});
