import { expect, test } from 'vitest';
import { workerCalls } from '#proof/nginx/worker-calls.ts';

test('workerCalls() keeps what moves bytes, and adds it up', () => {
  const all = { accept4: 1, setsockopt: 2, pread: 4, read: 1, writev: 3, write: 2, sendfile: 5, mmap: 9 };
  expect(workerCalls(all)).toEqual({
    calls: { pread: 4, read: 1, writev: 3, write: 2, sendfile: 5 },
    extra: { sendfileCalls: 5, readCalls: 5, writeCalls: 5 },
  });
});
