import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { frameFinding, frameOf } from '#learn/fetch/fetch-frame.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-frame-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'segment.log');
writeFileSync(path, '..records..');
const due = { correlationId: 7, fields: Buffer.from('fields'), path, position: 2, bytes: 7 };
const right = Buffer.from('\0\0\0\x15\0\0\0\x07fields\0\0\0\x07records');

function found(change: (frame: Buffer) => Buffer | undefined) {
  const frame = Buffer.from(right);
  const finding = frameFinding(change(frame) ?? frame, due, {});
  return finding && [finding.code, finding.args];
}

test('frameOf() has the size, the correlation id, the fields, the length of the records and the slice', () => {
  expect(frameOf(due)).toEqual(right);
  expect(frameOf({ ...due, bytes: 0 })).toEqual(Buffer.from('\0\0\0\x0e\0\0\0\x07fields\0\0\0\0'));
  expect(() => frameOf({ ...due, bytes: 10 })).toThrow('found 9');
});

test('frameFinding() accepts the frame, also with the next one behind it', () => {
  expect(found(() => right)).toBeNull();
  expect(found(() => Buffer.concat([right, right]))).toBeNull();
});

test('frameFinding() says which part of the head is wrong', () => {
  const part = (name: string, expected: number, wrong: number) => [
    'fetch-head',
    { part: name, expected, found: wrong },
  ];
  expect(found((frame) => void frame.writeInt32BE(25, 0))).toEqual(part('size', 21, 25));
  expect(found((frame) => frame.subarray(4))).toEqual(part('size', 21, 7));
  expect(found((frame) => void frame.writeInt32BE(8, 4))).toEqual(part('correlation id', 7, 8));
  expect(found((frame) => void frame.write('F', 8))).toEqual(['fetch-head', { part: 'fields' }]);
  expect(found((frame) => void frame.writeInt32BE(11, 14))).toEqual(part('records length', 7, 11));
});

test('frameFinding() says where the slice departs, and what is missing', () => {
  expect(found((frame) => void frame.write('R', 21))).toEqual(['bytes-differ', { at: 3, expected: 7 }]);
  for (const length of [0, 3, 17, 18, 24])
    expect(found((frame) => frame.subarray(0, length))).toEqual(['bytes-missing', { expected: 25, arrived: length }]);
});
