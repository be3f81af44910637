import { expect, test } from 'vitest';
import { guestPlace, zc } from './zc.ts';

test('a claim that only the guest can decide is decided there, without being asked to', async () => {
  using home = guestPlace();
  const { code, stdout, stderr } = await zc(['claims', 'A2', '--run', '--json'], home);
  expect(stderr).toContain('count-copies: this kernel does not let it count, so in the guest, which stands ready');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('"held"') });
});
