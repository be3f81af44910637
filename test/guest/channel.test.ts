import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readOutcome } from '#guest/channel.ts';
import { GuestBroke } from '#guest/guest-broke.ts';

const body = Buffer.from('{"lab": "shared-pages"}\n');
const sum = createHash('sha256').update(body).digest('hex');
const whole = (change: { code?: string; length?: number; sum?: string; body?: Buffer } = {}): Buffer =>
  Buffer.concat([
    Buffer.from(`zc-guest 1 ${change.code ?? '0'} ${change.length ?? body.length} ${change.sum ?? sum}\n`),
    change.body ?? body,
  ]);

describe('readOutcome()', () => {
  test('gives exit code and bytes', () => {
    expect(readOutcome(whole({ code: '3' }))).toEqual({ exitCode: 3, stdout: body });
  });

  test('takes a command that printed nothing', () => {
    const none = createHash('sha256').digest('hex');
    expect(readOutcome(whole({ length: 0, sum: none, body: Buffer.alloc(0) })).stdout).toHaveLength(0);
  });

  test.each([
    ['nothing', Buffer.alloc(0), /found nothing/],
    ['kernel messages', Buffer.from('[    1.0] Kernel panic\n'), /expected a line 'zc-guest 1 …', found/],
    ['half a header', whole().subarray(0, 40), /expected a line/],
    ['a truncated body', whole().subarray(0, -1), /expected 24 bytes, 23 came/],
    ['more than there should be', Buffer.concat([whole(), Buffer.from('x')]), /expected 24 bytes, 25 came/],
    ['a changed byte', whole({ body: Buffer.from(body).fill('!', 3, 4) }), /damaged on its way: expected sha256/],
    ['another version', Buffer.from(whole().toString().replace('zc-guest 1', 'zc-guest 2')), /expected a line/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readOutcome(bytes)).toThrow(GuestBroke);
    expect(() => readOutcome(bytes)).toThrow(message);
  });
});
