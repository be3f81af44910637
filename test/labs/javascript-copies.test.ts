import { expect, test } from 'vitest';
import lab from '../../labs/javascript-copies.ts';
import { extras, runLab } from './lab-run.ts';

test('all operations give the same bytes, and the lab says of each what it did', async () => {
  const result = await runLab(lab, { mode: 'default' });
  expect(result.cannotRun).toEqual([]);
  const found = extras(result, 'bytes');
  for (const bytes of [65_536, 1_048_576]) {
    expect(found[`subarray ${bytes}`]).toMatchObject({ copies: 0, detaches: 0 });
    expect(found[`slice ${bytes}`]).toMatchObject({ copies: 1, detaches: 0 });
    expect(found[`clone-transfer ${bytes}`]).toMatchObject({ copies: 0, detaches: 1 });
    expect(found[`message-shared ${bytes}`]).toMatchObject({ copies: 0, detaches: 0 });
  }
});
