import { describe, expect, test } from 'vitest';
import { librariesIn, librariesOf } from '#guest/libraries.ts';

describe('librariesIn()', () => {
  test('takes paths and the loader, and not what the kernel provides', () => {
    const text = `\tlinux-vdso.so.1 (0x00007ffc)
\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f01)
\t/lib64/ld-linux-x86-64.so.2 (0x00007f02)
`;
    expect(librariesIn(text)).toEqual(['/lib/x86_64-linux-gnu/libm.so.6', '/lib64/ld-linux-x86-64.so.2']);
  });

  test('finds none where there are none', () => {
    expect(librariesIn('\tstatically linked\n')).toEqual([]);
  });

  test('names what is missing instead of leaving it out', () => {
    expect(() => librariesIn('\tlibgone.so.1 => not found\n')).toThrow(/libgone\.so\.1/);
  });
});

describe('librariesOf()', () => {
  test("finds this program's own C library", () => {
    expect(librariesOf(process.execPath).some((path) => path.endsWith('/libc.so.6'))).toBe(true);
  });

  test('finds none for a script', () => {
    expect(librariesOf('zc')).toEqual([]);
  });
});
