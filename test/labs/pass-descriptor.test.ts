import { expect, test } from 'vitest';
import lab from '../../labs/pass-descriptor.ts';
import { runLab } from './lab-run.ts';

test('the same content arrives by its bytes and by its file, in every size', async () => {
  const result = await runLab(lab);
  expect(result).toMatchObject({ kind: 'time', cannotRun: [] });
  const received = result.kind === 'time' ? result.integrity.received : [];
  const sizes = [4, 32, 256];
  expect(received.map(({ factors, hash }) => [factors.pages, hash])).toEqual(
    sizes.flatMap((pages) => ['bytes', 'file', 'file-end'].map(() => [pages, `ends at ${pages * 4096 - 1}`])),
  );
  for (const { factors, samples } of result.series) {
    const operations = { 4: 3000, 32: 800, 256: 400 }[Number(factors.pages)];
    for (const sample of samples) expect('extra' in sample && sample.extra).toEqual({ operations });
  }
});
