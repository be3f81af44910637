/** What an answer is held against, and that everything that can be wrong with it is found. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Content } from '#learn/content.ts';
import type { HttpAnswer } from '#learn/http/answer.ts';
import { exchangeFinding } from '#learn/http/exchange.ts';

const content = Content.random(1000);
const folder = mkdtempSync(join(tmpdir(), 'zc-exchange-'));
content.write(join(folder, 'file'));
const bytes = readFileSync(join(folder, 'file'));
rmSync(folder, { recursive: true });

const request = { range: '100-199', by: 'curl' } as const;
const wrong = Buffer.from(bytes.subarray(100, 200));
wrong[7] = (wrong[7] as number) ^ 1;

function found(more: Partial<HttpAnswer> = {}, headers: Readonly<Record<string, string>> = {}) {
  const all = { 'content-length': '100', 'content-range': 'bytes 100-199/1000', ...headers };
  const body = bytes.subarray(100, 200);
  const right = { status: 206, headers: new Map(Object.entries(all)), headBytes: 80, body, trouble: null };
  return exchangeFinding({ ...right, ...more }, request, content, {});
}

test('exchangeFinding() accepts what is due', () => expect(found()).toBeNull());

test.each([
  ['http-no-answer', { status: 0, trouble: 'curl: (52) Empty reply from server' }, {}],
  ['http-status', { status: 200 }, {}],
  ['http-header', {}, { 'content-length': '99' }],
  ['http-header', {}, { 'content-range': 'bytes 100-200/1000' }],
  ['http-header', {}, { 'content-range': '' }],
  ['bytes-differ', { body: wrong }, {}],
  ['bytes-missing', { body: bytes.subarray(100, 199) }, {}],
  ['bytes-extra', { body: bytes.subarray(100, 201) }, {}],
  ['http-no-answer', { trouble: 'curl: (56) Recv failure' }, {}],
] as const)('exchangeFinding() finds %s', (code, more, headers) => {
  expect(found(more, headers)?.code).toBe(code);
});

test('exchangeFinding() takes no answer at all for an error, never for a pass', () => {
  expect(() => exchangeFinding(undefined, request, content, {})).toThrow('nothing can be said');
});
