import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changedBytes, sendingWays, transferStage } from '#learn/answers/transfer-stage.ts';
import { withBench } from '#learn/bench.ts';
import { receiveAll } from '#libc';

const BYTES = 40_003;

test.each(sendingWays)('transferStage() sends the whole file by %s', async (way) => {
  await withBench(async ({ folder }) => {
    using stage = transferStage([join(folder, 'file'), BYTES, way]);
    const [, receiver, transfer] = stage.args as [string, number, () => void];
    transfer();
    expect(receiveAll(receiver, 2 * BYTES)).toEqual(Buffer.alloc(BYTES, 'A'));
    expect(stage.seen()).toEqual({ transfers: 1, overwritten: 0, unread: 0 });
  });
});

test('transferStage() sees what was overwritten, what was left unread, and a file that is another', async () => {
  await withBench(async ({ folder }) => {
    const path = join(folder, 'file');
    using stage = transferStage([path, BYTES, 'read-write']);
    const [, , transfer] = stage.args as [string, number, () => void];
    expect(stage.seen()).toEqual({ transfers: 0, overwritten: 0, unread: 0 });
    writeFileSync(path, 'B', { flag: 'r+' });
    transfer();
    expect(stage.seen()).toEqual({ transfers: 1, overwritten: 1, unread: BYTES });
  });
});

test('changedBytes() tells copies from pages of the file, also where one transfer has both', async () => {
  const changed = await withBench(async ({ folder }) =>
    Object.fromEntries(sendingWays.map((way) => [way, changedBytes(join(folder, 'file'), BYTES, way)])),
  );
  const [none, all] = [0, BYTES];
  expect(changed).toEqual({
    sendfile: all,
    'read-write': none,
    splice: all,
    'mmap-write': none,
    half: 20_002,
    drained: none,
  });
});
