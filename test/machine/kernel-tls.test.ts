import { describe, expect, test } from 'vitest';
import { cryptoInfo, decryptReceiving, encryptSending, SECRET_BYTES, socketPair } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { newSecret, tryKernelTls } from '#machine/kernel-tls.ts';

/** Every byte another one, so that two fields that changed places would show. */
const secret = Buffer.from(Uint8Array.from({ length: 36 }, (_, at) => at + 1));

describe('cryptoInfo()', () => {
  test('lays out struct tls12_crypto_info_aes_gcm_128 as linux/tls.h does', () => {
    const bytes = cryptoInfo({ version: '1.2', secret: secret.toString('hex') });
    expect(bytes.toString('hex')).toBe(
      [
        '0303', // info.version: TLS_1_2_VERSION
        '3300', // info.cipher_type: TLS_CIPHER_AES_GCM_128, 51
        '0102030405060708', // iv[8]
        '090a0b0c0d0e0f101112131415161718', // key[16]
        '191a1b1c', // salt[4]
        '1d1e1f2021222324', // rec_seq[8]
      ].join(''),
    );
  });

  test('differs in the version alone for TLS 1.3', () => {
    const [old, recent] = (['1.2', '1.3'] as const).map((version) =>
      cryptoInfo({ version, secret: secret.toString('hex') }),
    );
    expect(recent?.readUInt16LE(0)).toBe(0x0304);
    expect(recent?.subarray(2)).toEqual(old?.subarray(2));
  });

  test.each(['', 'ab', `${secret.toString('hex')}00`, 'zz'.repeat(36)])('refuses the secret %j', (wrong) => {
    expect(() => cryptoInfo({ version: '1.3', secret: wrong })).toThrow(/expected 72 hexadecimal/);
  });
});

test('newSecret() fills the struct, and never twice alike', () => {
  expect(Buffer.from(newSecret(), 'hex')).toHaveLength(SECRET_BYTES);
  expect(newSecret()).not.toBe(newSecret());
});

test('encryptSending() and decryptReceiving() refuse what is no TCP socket', () => {
  const [one, other] = socketPair();
  using left = one;
  using right = other;
  const tls = { version: '1.3', secret: newSecret() } as const;
  expect(() => encryptSending(left.fd, tls)).toThrow(/TCP_ULP|no-kernel-feature/);
  expect(() => decryptReceiving(right.fd, tls)).toThrow(/TCP_ULP|no-kernel-feature/);
});

test.each(['1.2', '1.3'] as const)('tryKernelTls() sets TLS %s up, or says what this kernel lacks', (version) => {
  try {
    tryKernelTls({ version });
  } catch (error) {
    expect(error).toBeInstanceOf(CannotRunHere);
    expect(['no-kernel-tls', 'no-kernel-cipher', 'no-kernel-feature', 'refused']).toContain(
      (error as CannotRunHere).code,
    );
  }
});
