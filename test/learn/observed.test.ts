/** The slow disk, and what is seen of a server in front of it. One state a process: the tests follow one another. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { answered, asksAhead, observed, slowDisk, taking, waited } from '#learn/observed.ts';
import { EAGAIN, fadvise, fileAdvice, fsync, O_RDWR, open, pageSize, residentPages, statfs } from '#libc';

const folder = mkdtempSync(join(tmpdir(), 'zc-observed-'));
const path = join(folder, 'file');
writeFileSync(path, Buffer.alloc(10 * pageSize()));
afterAll(() => rmSync(folder, { recursive: true }));

test('counts what answers EAGAIN, and waits', () => {
  expect([answered(5), answered(-EAGAIN)]).toEqual([5, -EAGAIN]);
  waited(-1, true);
  expect(observed()).toEqual({ again: 1, waits: 1, cold: null, coldCalls: 0 });
});

test('takes it for no wait when poll is told not to wait, and finds nothing', () => {
  const { waits } = observed();
  waited(0, false);
  expect(observed().waits).toBe(waits);
  waited(0, true);
  waited(5, false);
  expect(observed().waits).toBe(waits + 2);
});

test('sees a call that takes what is not in memory, and brings it only after two waits', async (context) => {
  if (statfs(folder).fileSystem === 'tmpfs') context.skip('tmpfs keeps its pages');
  using file = open(path, O_RDWR);
  fsync(file.fd);
  fadvise(file.fd, fileAdvice.dontNeed);
  taking('sendfile', file.fd, 0, 100);
  // Nobody said that the disk is slow: nothing is looked at, and the real disk is asked.
  expect([observed().coldCalls, asksAhead(file.fd, fileAdvice.willNeed, 0, 0)]).toEqual([0, false]);
  slowDisk();
  taking('sendfile', file.fd, pageSize() + 1, 2 * pageSize());
  const cold = { call: 'sendfile', offset: pageSize() + 1, count: 2 * pageSize(), pages: 3, resident: 0 };
  expect(observed()).toMatchObject({ coldCalls: 1, cold });
  expect(asksAhead(file.fd, fileAdvice.willNeed, 0, pageSize())).toBe(true);
  waited(2, false);
  expect(residentPages(file.fd, 0, pageSize())).toBe(0);
  waited(2, false);
  // The real disk reads it now, in its own time.
  await expect.poll(() => residentPages(file.fd, 0, pageSize())).toBe(1);
});
