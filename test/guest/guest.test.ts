import { describe, expect, test } from 'vitest';
import { isUnbooted, lastWords } from '#guest/guest.ts';

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

describe('isUnbooted()', () => {
  test.each([
    ['', true],
    ['\r\n', true],
    ['[    3.3] Kernel panic - not syncing: Fatal exception in interrupt\r\n', true],
    ['guest: cannot go on: it has no disks\r\n[ 3.0] Power down\r\n', false],
    ['[    1.2] hello\r\n', false],
  ])('of %j', (console, may) => {
    expect(isUnbooted(console)).toBe(may);
  });
});
