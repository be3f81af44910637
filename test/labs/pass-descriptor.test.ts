import { expect, test } from 'vitest';
import lab from '../../labs/pass-descriptor.ts';
import { runLab } from './lab-run.ts';

test('the same content arrives by its bytes and by its file, in every size', async () => {
  const result = await runLab(lab);
  expect(result).toMatchObject({ kind: 'time', cannotRun: [] });
  const received = result.kind === 'time' ? result.integrity.received : [];
  const sizes = [16, 128, 1024].map((size) => size * 1024);
  expect(received.map(({ factors, hash }) => [factors.bytes, hash])).toEqual(
    sizes.flatMap((bytes) => ['bytes', 'file', 'file-end'].map(() => [bytes, `ends at ${bytes - 1}`])),
  );
  for (const { samples } of result.series)
    for (const sample of samples) expect('extra' in sample && sample.extra).toEqual({ operations: 400 });
});
