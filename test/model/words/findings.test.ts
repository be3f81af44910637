import { expect, test } from 'vitest';
import type { FetchCode, SegmentCode } from '#model/finding.ts';
import { findingName, findingText, provedText } from '#model/words/findings.ts';

test('findingText() says how many bytes went which way', () => {
  const args = { call: 'sendfile', moved: 1, payload: 1_048_576, other: 'read+write', otherBytes: 1_048_575 };
  expect(findingText({ code: 'not-by-call', args }).seen).toBe(
    'All bytes arrived. Expected 1,048,576 bytes of this file by sendfile: your program sent 1 byte by sendfile and 1,048,575 bytes by read + write.',
  );
});

test('findingText() says under which circumstances something was seen', () => {
  const args = { situation: 'interrupted', fileBytes: 10, message: 'Cannot read: EINTR', arrived: 0 };
  const { seen, look } = findingText({ code: 'threw', args });
  expect(seen).toBe(
    'File of 10 bytes with calls that a signal interrupts: expected the transfer to succeed, and your program threw "Cannot read: EINTR" after 0 bytes had arrived.',
  );
  expect(look).toContain('make the same call again');
});

test('findingText() takes a name that nobody declared for what it is, also when it is EINTR', () => {
  const args = { situation: 'interrupted', fileBytes: 10, message: 'EINTR is not defined (line 8)', arrived: 0 };
  const look = 'Nothing declares EINTR: if it is one of #libc, add it to the import at the top of your file.';
  expect(findingText({ code: 'threw', args }).look).toBe(look);
  expect(findingText({ code: 'answer-threw', args: { task: 'choice', message: args.message } }).look).toBe(look);
});

test('findingText() says where to look by what was seen', () => {
  const look = (code: 'hang' | 'bytes-missing' | 'bytes-extra', args: Readonly<Record<string, string | number>>) =>
    findingText({ code, args }).look;
  expect(look('hang', { situation: 'cold-file', clients: 3, arrived: 9 })).toContain('poll wakes nobody');
  expect(look('hang', { situation: 'plain', arrived: 9 })).toContain('Is there a loop');
  expect(look('bytes-missing', { expected: 9, arrived: 0 })).toContain('Nothing at all arrived');
  expect(look('bytes-missing', { expected: 9, arrived: 1 })).toContain('A call may move less');
  expect(look('bytes-extra', { expected: 9, arrived: 10 })).toContain('past the end of what was asked for');
});

test('findingText() names the range that was asked for', () => {
  const args = { situation: 'plain', fileBytes: 99, offset: 5, count: 10, arrived: 3, expected: 10 };
  expect(findingText({ code: 'bytes-missing', args }).seen).toBe(
    'File of 99 bytes, 10 bytes from offset 5: expected 10 bytes to arrive, and 3 bytes did.',
  );
});

test('findingText() says which packet was too short, and what was kept back', () => {
  const where = { situation: 'plain', fileBytes: 3001, headerBytes: 75 };
  const short = { ...where, segments: 2, least: 1, bytes: 3076 };
  expect(findingText({ code: 'short-packet', args: short }).seen).toBe(
    'File of 3,001 bytes behind a header of 75 bytes: all 3,076 bytes fit into one packet, and left in 2 packets.',
  );
  const held = findingText({ code: 'held-back', args: { ...where, bytes: 3076, by: 'TCP_CORK' } });
  expect(held.seen).toContain('3,076 bytes had not left when your program returned: TCP_CORK was still set.');
});

test('findingText() says who waited for whom, and for which pages', () => {
  const stalls = { situation: 'client-stalls', clients: 3, others: 2, arrived: 10, expected: 20 };
  expect(findingText({ code: 'starved', args: stalls }).seen).toBe(
    '3 clients, of whom one reads nothing before the others have everything: the others had 10 bytes of 20 bytes when nothing moved any more.',
  );
  const cold = {
    situation: 'cold-file',
    clients: 2,
    call: 'sendfile',
    offset: 4096,
    count: 8192,
    pages: 2,
    resident: 1,
  };
  expect(findingText({ code: 'cold-call', args: cold }).seen).toContain(
    'sendfile was asked for 8,192 bytes from offset 4,096, of whose 2 pages 1 were in memory',
  );
  const look = (args: object) => findingText({ code: 'cold-call', args: { ...cold, ...args } }).look;
  expect(look({})).toContain('residentPages');
  expect(look({ offset: 101, count: 65_536, pages: 17, resident: 16 })).toContain('one page more than its length says');
  expect(look({ offset: 101, count: 65_536, pages: 17, resident: 3 })).toContain('residentPages');
  const missing = { situation: 'plain', clients: 2, client: 2, fileBytes: 9, expected: 9, arrived: 1 };
  expect(findingText({ code: 'bytes-missing', args: missing }).seen).toBe(
    '2 clients: to client 2, whose file has 9 bytes, expected 9 bytes to arrive, and 1 byte did.',
  );
  const spins = { situation: 'plain', clients: 2, again: 99, waits: 1 };
  expect(findingText({ code: 'spins', args: spins }).seen).toContain('99 calls answered -EAGAIN');
});

test('findingText() says what was asked for over HTTP, and what was said', () => {
  const asked = { request: '0-0', by: 'curl', fileBytes: 10 };
  expect(findingText({ code: 'http-status', args: { ...asked, expected: 206, status: 200 } }).seen).toBe(
    'curl asks for bytes=0-0 of a file of 10 bytes: expected status 206, found 200.',
  );
  const header = { ...asked, faults: 'short', name: 'content-range', expected: 'bytes 0-0/10', found: '' };
  expect(findingText({ code: 'http-header', args: header }).seen).toBe(
    'curl asks for bytes=0-0 of a file of 10 bytes with calls that move less than they are asked to: expected content-range to say bytes 0-0/10, found no such line.',
  );
});

test('provedText() says by which calls, or that none was seen', () => {
  const ways = [{ calls: 'sendfile', bytes: 4_194_299, times: 2 }];
  expect(provedText({ cases: 8, bytes: 2 ** 20, by: 'trace', ways })).toBe(
    'Proved: 8 transfers right, 1 MiB compared. Of one transfer every call was seen: 4,194,299 bytes of the file by sendfile (2 calls into the socket).',
  );
  expect(provedText({ cases: 8, bytes: 2 ** 20, by: 'overwrite', ways })).toContain('no call was seen');
});

test('findingName() takes a code that it does not know as it is', () => {
  expect([findingName('hang'), findingName('new')]).toEqual(['does not come back', 'new']);
});

test('findingText() says what was asked and what was counted', () => {
  const about = { task: 'predict-calls', fileBytes: 1, bufferBytes: 65_536, takesBytes: 65_536 };
  const args = { ...about, call: 'read', counted: 2, predicted: 1 };
  expect(findingText({ code: 'prediction-differs', args }).seen).toBe(
    'A file of 1 byte, a buffer of 65,536 bytes, and a receiver that takes at most 65,536 bytes a call: the loop made 2 read calls, and you predicted 1.',
  );
  expect(findingText({ code: 'answer-shape', args: { ...about, answered: 'null' } }).seen).toContain(
    'expected { reads, writes }, two whole numbers, and your function answered null.',
  );
  expect(findingText({ code: 'processes-left', args: { count: 1 } }).seen).toMatch(/^1 process that/);
});

test('provedText() says what was predicted and who counted it', () => {
  const proved = { answered: 'predict-calls', cases: 3, numbers: { by: 'trace', reads: 1200, writes: 9 } } as const;
  expect(provedText(proved)).toBe(
    'Proved: of 3 copies you predicted every call, 1,200 reads and 9 writes. strace counted as many.',
  );
});

test('findingText() says whose bytes arrived, and by which way, which the function was not told', () => {
  const args = { task: 'shared-pages', way: 'half', bytes: 100, payload: 100, changed: 50, answered: 0 };
  const { seen, look } = findingText({ code: 'evidence-differs', args });
  expect(seen).toBe(
    'A file of 100 bytes that went half by read and write, half by sendfile: 50 of 100 bytes arrive as the file is after it was overwritten, and your function answered 0.',
  );
  expect(look).toContain('before anything is received');
});

test('findingText() says what a lookup cost against a search and a scan', () => {
  const args = { task: 'index-lookup', entries: 1_310_720, faults: 160, allowed: 22, scan: 160 };
  expect(findingText({ code: 'too-many-faults', args }).seen).toBe(
    'An index of 1,310,720 entries: the answers are right. Expected a lookup to take at most 22 page faults, as a search does, and yours took 160; a scan takes 160.',
  );
});

test('findingText() says which reads left how many pages', () => {
  const args = { task: 'readahead', reads: 16, pages: '5, 6, 7, 8, …', advice: 'normal', asked: 16, resident: 80 };
  expect(findingText({ code: 'readahead-differs', args: { ...args, predicted: 'exact' } }).seen).toBe(
    "Reads of 16 pages (5, 6, 7, 8, …), advice 'normal': read from an empty cache, 80 pages are in memory afterwards for 16 that were asked for, and you predicted 'exact'.",
  );
});

test('findingText() says what was counted of a choice, and of the technique beside it', () => {
  const args = {
    task: 'choice',
    situation: 'tiny-files',
    technique: 'splice',
    quantity: 'calls',
    counted: 60,
    other: 'sendfile',
    otherCounted: 1,
  };
  expect(findingText({ code: 'choice-not-best', args }).seen).toBe(
    "'tiny-files': you chose splice because of 'calls'. Counted here: splice with 60 calls, sendfile with 1 call, so that does not speak for it.",
  );
  const memory = { ...args, quantity: 'memory', counted: 0, otherCounted: 2 ** 24 };
  expect(findingText({ code: 'choice-beside', args: memory }).seen).toContain(
    'splice with 0 bytes of memory, sendfile with 16 MiB of memory. That is so',
  );
});

test('provedText() gives the count behind each choice', () => {
  const numbers = {
    'tiny-files': 'sendfile calls 20 read-write 40',
    'upper-case': 'one-buffer memory 0 whole-file 4096',
  };
  expect(provedText({ answered: 'choice', cases: 2, numbers })).toBe(
    'Proved: 2 choices, each by a count made here. tiny-files: sendfile with 20 calls, read-write with 40 calls; upper-case: one-buffer with 0 bytes of memory, whole-file with 4 KiB of memory.',
  );
});

test('findingText() says what is missing: a function, or the constant of a choice', () => {
  expect(findingText({ code: 'no-export', args: { name: 'send' } }).seen).toContain('export a function send');
  const { seen, look } = findingText({ code: 'no-export', args: { name: 'answers', task: 'choice' } });
  expect(seen + look).toContain('export a constant answers, found none.Write export const answers = {…}');
});

test('findingText() says what is wrong with a segment', () => {
  const about = { task: 'segment', batches: 3, baseOffset: 4711 };
  const say = (code: SegmentCode, args: Readonly<Record<string, string | number>>) =>
    findingText({ code, args: { ...about, ...args } }).seen;
  const names = { expected: '00000000000000004711.log', found: '' };
  expect(say('segment-name', names)).toBe(
    "A segment of 3 batches from offset 4,711 on: expected a file '00000000000000004711.log', found none of its kind.",
  );
  expect(say('segment-offset', { batch: 2, of: 3, position: 135, expected: 4713, found: '4712' })).toContain(
    'expected batch 2 of 3, at position 135, to have base offset 4,713, found 4,712.',
  );
  const entries = { entry: 1, relative: 30, position: 200, expectedRelative: 29, expectedPosition: 100 };
  expect(say('index-entry', entries)).toContain('entry 1 of the index to be (29, 100), found (30, 200).');
  expect(say('position-differs', { offset: 4800, position: -1, answered: 270 })).toBe(
    'A segment of 3 batches from offset 4,711 on, asked for offset 4,800: expected -1, for there is none, and your function answered position 270.',
  );
});

test('findingText() says what is wrong with an answer to a Fetch', () => {
  const where = { fetch: 123, sliceBytes: 9000, situation: 'plain' };
  const say = (code: FetchCode, args: Readonly<Record<string, string | number>>) =>
    findingText({ code, args: { ...where, ...args } }).seen;
  expect(say('fetch-head', { part: 'size', expected: 9070, found: 9074 })).toBe(
    'Fetch from offset 123, due a slice of 9,000 bytes: expected the size to say 9,070, found 9,074.',
  );
  expect(say('fetch-head', { part: 'fields' })).toContain(
    'expected the fields that the broker gave, found something else.',
  );
  expect(say('kcat-differs', { situation: 'traced', right: 3, records: 3950, said: 'no' })).toBe(
    'Fetch from offset 123, due a slice of 9,000 bytes, under strace: expected kcat to print 3,950 records, and the first 3 are right; it says "no".',
  );
  expect(
    findingText({ code: 'threw', args: { ...where, situation: 'slow-receiver', message: 'x', arrived: 1 } }).seen,
  ).toMatch(/^Fetch from offset 123, due a slice of 9,000 bytes, to a slow receiver/);
});

test('provedText() says what kcat printed', () => {
  const ways = [{ calls: 'sendfile', bytes: 4_176_786, times: 18 }];
  expect(provedText({ cases: 11, bytes: 4096, by: 'trace', ways, records: 3947 })).toBe(
    'Proved: 11 transfers right, 4 KiB compared. kcat printed 3,947 records as they were produced. Of one transfer every call was seen: 4,176,786 bytes of the file by sendfile (18 calls into the socket).',
  );
});
