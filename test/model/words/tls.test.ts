import { describe, expect, test } from 'vitest';
import { concludeTls } from '#model/words/tls.ts';
import { type TlsOptions, tlsEntry, tlsResult } from '../../fixtures/tls-result.ts';

const MiB = 2 ** 20;
const conclude = (options: TlsOptions = {}) => concludeTls(tlsResult(options), tlsEntry.variants);

describe('concludeTls()', () => {
  test('says that zero copy stays where sendfile copied nothing and the kernel encrypted once', () => {
    expect(conclude().text).toMatch(/^Encryption does not end zero copy where the kernel encrypts/);
  });

  test.each([
    ['a copy to the program', { copiedBytes: copied({ fileToUser: MiB }), copiedTotal: 2 * MiB }],
    ['a copy from the program', { copiedBytes: copied({ userToKernel: MiB }), copiedTotal: 2 * MiB }],
    ['no encryption', { encryptedBytes: 0 }],
    ['a second encryption', { encryptedBytes: 2 * MiB }],
  ])('does not say so with %s', (_, sample) => {
    const { text } = conclude({ plant: { 'sendfile tls13': sample } });
    expect(text).not.toContain('does not end');
    expect(text).toMatch(/^With kernel TLS sendfile copied each byte/);
  });

  test('says nothing about a kernel that did not encrypt', () => {
    expect(conclude({ without: ['tls13'] }).text).toContain('This kernel did not encrypt');
  });

  test('names the calls that carried the file in programs, with and without the kernel', () => {
    expect(conclude().meaning[0]).toBe(
      'How the file left: nginx, sendfile on: 67 write when it encrypts itself, 1 sendfile when the kernel does; s_server -sendfile: 1 sendfile when the kernel encrypts.',
    );
  });

  test('says when an option changed what it should not, or did not change what it should', () => {
    const card = conclude({ plant: { 'sendfile tls13-zero-copy': { encryptedBytes: 0 } } }).meaning.join('\n');
    expect(card).toContain('TLS_TX_ZEROCOPY_RO changed what the CPU encrypts of each byte: none, not 1.');
    expect(conclude().meaning.join('\n')).toContain('1 with TLS 1.3, none once it is told');
    const padded = { copiedBytes: copied({}), copiedTotal: MiB };
    const same = conclude({ plant: { 'sendfile tls13-no-padding': padded } }).meaning.join('\n');
    expect(same).toContain('1 with TLS 1.3, 1 once it is told');
  });

  test('says what it does not see', () => {
    expect(conclude().meaning.join('\n')).toContain('Apache Kafka encrypts there, in Java: it was not measured here.');
  });
});

function copied(some: { fileToUser?: number; userToKernel?: number }) {
  return { fileToUser: 0, userToKernel: 0, inKernel: 0, kernelToReceiver: MiB, other: 0, ...some };
}
