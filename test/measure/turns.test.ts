import { expect, test } from 'vitest';
import { OffsetCell } from '#libc';
import { startDrain } from '#measure/drain.ts';
import { makeSourceFile, warm } from '#measure/source-file.ts';
import type { TaskSetting } from '#measure/task.ts';
import { APART_BYTES, type OpenServer, SLICE_BYTES, serveSlices } from '#measure/turns.ts';
import { sendfileWhole } from '#measure/whole.ts';
import { inSession } from './in-session.ts';

const SLICES = 6;

const atOnce: OpenServer = (file, socket) => {
  const cell = new OffsetCell();
  return {
    turn(offset) {
      sendfileWhole(socket, file, cell, offset, SLICE_BYTES);
      return 'sent';
    },
    [Symbol.dispose]: () => cell[Symbol.dispose](),
  };
};

/** Puts every other slice off twice, as a helper thread does that is slower than the loop. */
const late: OpenServer = (file, socket) => {
  const own = atOnce(file, socket);
  const tries = new Map<number, number>();
  return {
    ...own,
    turn(offset, at) {
      const tried = (tries.get(at) ?? 0) + 1;
      tries.set(at, tried);
      if (at % 2 === 0 && tried < 3) return 'put off';
      tries.delete(at);
      return own.turn(offset, at);
    },
  };
};

test('slices that are put off are sent once each, and what arrived can be compared with a way that puts nothing off', async () => {
  await inSession(async (session) => {
    const { path } = makeSourceFile(session.folder, SLICES * APART_BYTES, 1);
    warm(path);
    await startDrain(session);
    const common = { folder: session.folder, bytes: null, seed: 7 };
    const setting: TaskSetting = { ...common, mode: 'quick', factors: { file: 'in memory' } };
    const served = async (name: string, open: OpenServer) => {
      using task = serveSlices(name, open, path, setting);
      return await task.run();
    };
    const [first, second] = [await served('at once', atOnce), await served('late', late)];
    expect(second.check).toBe(first.check);
    expect([first.extra?.putOff, second.extra?.putOff]).toEqual([0, SLICES / 2]);
    expect(second.bytes).toBe(SLICES * SLICE_BYTES);
  });
});
