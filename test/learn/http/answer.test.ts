import { expect, test } from 'vitest';
import { dueFor, readHead } from '#learn/http/answer.ts';

test.each([
  [null, 10, 200, 0, 10, null],
  ['0-0', 10, 206, 0, 1, 'bytes 0-0/10'],
  ['3-5', 10, 206, 3, 6, 'bytes 3-5/10'],
  ['3-', 10, 206, 3, 10, 'bytes 3-9/10'],
  ['-3', 10, 206, 7, 10, 'bytes 7-9/10'],
  ['-30', 10, 206, 0, 10, 'bytes 0-9/10'],
  ['8-99', 10, 206, 8, 10, 'bytes 8-9/10'],
  ['10-', 10, 416, 0, 0, 'bytes */10'],
  ['0-', 0, 416, 0, 0, 'bytes */0'],
  ['-5', 0, 416, 0, 0, 'bytes */0'],
])('dueFor() %s of %i bytes', (range, size, status, begin, end, contentRange) => {
  expect(dueFor(range, size)).toEqual({ status, begin, end, contentRange });
});

test('readHead() takes names in any case, and no status from something else', () => {
  const { status, headers } = readHead('HTTP/1.1 206 Partial Content\r\nCONTENT-length:  5\r\nX: a: b\r\n\r\n');
  expect([status, headers.get('content-length'), headers.get('x')]).toEqual([206, '5', 'a: b']);
  expect([readHead('').status, readHead('SSH-2.0 200 hello\r\n').status]).toEqual([0, 0]);
});
