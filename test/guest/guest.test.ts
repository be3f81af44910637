import { describe, expect, test } from 'vitest';
import { lastWords } from '#guest/guest.ts';

describe('lastWords()', () => {
  test.each([
    ['', 'Its console was silent'],
    ['[    1.2] hello\r\n\r\n', 'Its console ended with: [    1.2] hello'],
    [
      '[    2.0] Kernel panic - not syncing: VFS\r\n[    2.1] Rebooting\r\n',
      'Its console ended with: [    2.0] Kernel panic - not syncing: VFS',
    ],
    [
      'guest: cannot go on: it has no disks\r\n[ 3.0] Power down\r\n',
      'Its console ended with: guest: cannot go on: it has no disks',
    ],
  ])('of %j', (console, said) => {
    expect(lastWords(console)).toBe(said);
  });
});
