import { describe, expect, test } from 'vitest';
import { kernelBehind, packageIn } from '#guest/packages.ts';

const text = `Package: linux-image-6.12-cloud-amd64
Version: 6.12.117-1~deb12u1
Depends: linux-image-6.12.117+deb12-cloud-amd64 (= 6.12.117-1~deb12u1)
Description: Linux for x86-64 cloud (meta-package)
Size: 1512
SHA256: ab2bd6d92fedce96f7fb3f51a0dfefadf069a32023927150d7ddaeb3aed1464c
`;
const name = 'linux-image-6.12-cloud-amd64';

describe('packageIn()', () => {
  test('reads version, size, checksum and what it needs', () => {
    expect(packageIn(text, name)).toEqual({
      name,
      version: '6.12.117-1~deb12u1',
      bytes: 1512,
      sha256: 'ab2bd6d92fedce96f7fb3f51a0dfefadf069a32023927150d7ddaeb3aed1464c',
      depends: 'linux-image-6.12.117+deb12-cloud-amd64 (= 6.12.117-1~deb12u1)',
    });
  });

  test.each([
    ['nothing', ''],
    ['another package', text.replace('Package: linux-image', 'Package: other')],
    ['no checksum', text.replace(/SHA256.*\n/, '')],
    ['no size', text.replace('Size: 1512', 'Size: 0')],
  ])('refuses %s', (_, wrong) => {
    expect(() => packageIn(wrong, name)).toThrow(expect.objectContaining({ code: 'guest-package-unknown' }));
  });
});

describe('kernelBehind()', () => {
  test('is the package with the release in its name', () => {
    expect(kernelBehind(packageIn(text, name))).toBe('linux-image-6.12.117+deb12-cloud-amd64');
  });

  test('refuses a package that leads to none', () => {
    const other = packageIn(text.replace(/Depends:.*/, 'Depends: libc6 (>= 2.36), kmod | busybox'), name);
    expect(() => kernelBehind(other)).toThrow(expect.objectContaining({ code: 'guest-package-unknown' }));
  });
});
