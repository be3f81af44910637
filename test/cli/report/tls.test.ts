import { describe, expect, test } from 'vitest';
import { type ReportOptions, renderReport } from '#cli/report/index.ts';
import { labResultSchema } from '#model/result.ts';
import { type TlsOptions, tlsEntry, tlsResult } from '../../fixtures/tls-result.ts';

const plain: ReportOptions = { verbose: false, colour: false, width: 100, unicode: true };

function report(options: TlsOptions = {}, how: Partial<ReportOptions> = {}): string {
  return `\n${renderReport(labResultSchema.parse(tlsResult(options)), tlsEntry, { ...plain, ...how })}\n`;
}

describe('renderReport() of copies and encryptions', () => {
  test('says what encryption changes, then shows who encrypted and copied', () => {
    expect(report()).toMatchInlineSnapshot(`
      "
      Encryption does not end zero copy where the kernel encrypts: with sendfile no byte was copied to or
      from the program, as without TLS, and each was encrypted once, on its way from the page cache.

      encrypted copies of          file to   program in the   to the encrypted carried    decrypted
      by        each byte          program to kernel kernel receiver in kernel by         in kernel
      nobody    read + write          1.00      1.00   0.00     1.00      0.00 16 write        0.00
      nobody    mmap + write          0.00      1.00   0.00     1.00      0.00 16 write        0.00
      nobody    sendfile              0.00      0.00   0.00     1.00      0.00 1 sendfile      0.00
      program   nginx, sendfile on    1.00      1.00   0.00     1.00      0.00 67 write        0.00
      kernel    read + write          1.00      0.00   0.00     1.00      1.00 16 write        1.00
      kernel    mmap + write          0.00      0.00   0.00     1.00      1.00 16 write        1.00
      kernel    sendfile              0.00      0.00   0.00     1.00      1.00 1 sendfile      1.00
      kernel    s_server -sendfile    0.00      0.00   0.00     1.00      1.00 1 sendfile      0.00
      kernel    nginx, sendfile on    0.00      0.00   0.00     1.00      1.00 1 sendfile      0.00
      How the file left: nginx, sendfile on: 67 write when it encrypts itself, 1 sendfile when the kernel
      does; s_server -sendfile: 1 sendfile when the kernel encrypts.
      Not seen: copies and encryption inside a program. Apache Kafka encrypts there, in Java: it was not
      measured here.
      TLS_TX_ZEROCOPY_RO was accepted and changed nothing: it is for a network card that encrypts.
      Copies of each byte to the receiver: 1 with TLS 1.3, none once it is told that records have no
      padding (TLS_RX_EXPECT_NO_PAD).
      Counted twice: the copy instruction below the watched functions moved the same 16 MiB.
      "
    `);
  });

  test('says what could not run, and does not conclude from it', () => {
    const why = { why: 'no-kernel-tls', args: { errno: 'ENOENT' } };
    const factors = { link: 'tls13', receiver: 'read', fileSystem: 'ext4' };
    const text = report({
      without: ['tls13', 'tls13-zero-copy', 'tls13-no-padding'],
      cannotRun: [{ variant: 'sendfile', factors, ...why }],
    });
    expect(text).toContain('This kernel did not encrypt');
    expect(text).toContain('this kernel has no TLS of its own (ENOENT)');
    expect(text).not.toContain('does not end zero copy');
  });

  test('fits 25 lines, also in a narrow terminal, and says what it left out', () => {
    for (const width of [60, 80, 100]) {
      const lines = report({}, { width }).trim().split('\n');
      expect(lines.length).toBeLessThanOrEqual(25);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
    expect(report({}, { width: 60 })).toContain('Too narrow for:');
  });

  test('names the functions when asked for more', () => {
    expect(report({}, { verbose: true })).toContain(
      'encrypt: 1 MiB in 64, crypto_aead_encrypt ← tls_push_record ← bpf_exec_tx_verdict ← tls_sw_sendmsg',
    );
  });
});
