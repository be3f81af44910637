import { describe, expect, test } from 'vitest';
import { mmapWritePath } from '#model/paths/mmap-write.ts';
import { readWritePath } from '#model/paths/read-write.ts';
import { isStraight, seenPath, seenRoute } from '#model/paths/seen.ts';
import { sendfilePath } from '#model/paths/sendfile.ts';
import { splicePath } from '#model/paths/splice.ts';
import type { Way } from '#model/tally.ts';

const hopsOf = (calls: readonly string[], moved: Way['moved']) =>
  seenPath({ calls, moved, bytes: 1 })
    .hops('loopback')
    .map(({ from, to, by }) => `${from} ${by} ${to}`);

describe('seenPath()', () => {
  test.each([
    [['read', 'write'], 'copy', readWritePath],
    [['pread', 'sendto'], 'copy', readWritePath],
    [['mmap', 'write'], 'copy', mmapWritePath],
    [['sendfile'], 'reference', sendfilePath],
    [['splice', 'splice'], 'reference', splicePath],
  ] as const)('of %s is the path that the model has', (calls, moved, path) => {
    expect(hopsOf(calls, moved)).toEqual(path.hops('loopback').map(({ from, to, by }) => `${from} ${by} ${to}`));
  });

  test('knows a socket that encrypts, a request not to copy, and memory put into a pipe', () => {
    expect(hopsOf(['sendfile'], 'copy')[1]).toBe('page cache cpu send queue');
    expect(hopsOf(['mmap', 'sendmsg'], 'asked').slice(1, 3)).toEqual([
      'page cache reference user memory',
      'user memory reference send queue',
    ]);
    expect(hopsOf(['mmap', 'vmsplice', 'splice'], 'reference').slice(1, 4)).toEqual([
      'page cache reference user memory',
      'user memory reference pipe',
      'pipe reference send queue',
    ]);
  });

  test('through a pipe to another program passes memory twice, which no drawing shows', () => {
    const path = seenPath({ calls: ['read', 'write', 'read', 'write'], moved: 'copy', bytes: 1 });
    expect(path.hops('loopback').map(({ to }) => to)).toEqual([
      'page cache',
      'user memory',
      'pipe',
      'user memory',
      'send queue',
      'receive queue',
      "receiver's memory",
    ]);
    expect(isStraight(path, 'loopback')).toBe(false);
    expect(isStraight(seenPath({ calls: ['read', 'write'], moved: 'copy', bytes: 1 }), 'loopback')).toBe(true);
  });
});

test.each([
  ['tcp', '127.0.0.1:80->127.0.0.1:5000', 'loopback'],
  ['tcp', '10.0.0.1:80->10.0.0.1:5000', 'loopback'],
  ['tcp', '[::1]:80->[::1]:5000', 'loopback'],
  ['tcp', '10.0.0.1:80->10.0.0.2:5000', 'card'],
  ['unix', '7->8', 'loopback'],
  ['other', 'socket', 'card'],
] as const)('seenRoute() of %s %s is %s', (kind, socket, route) => {
  expect(seenRoute({ kind, socket })).toBe(route);
});
