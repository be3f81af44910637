/** The broker in a guest whose kernel encrypts for it: the same bytes as without, and only the kernel has the keys. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { errors } from '#broker/wire/errors.ts';
import { guestEnvironment, withGuest } from '#cli/guest-session.ts';
import { quoted } from '#guest/initramfs.ts';

/** The guest has no tests in it: what runs there, and what that imports. */
const program = 'test/broker/server/kernel-tls-program.ts';
const imported = ['broker/client', 'broker/storage/batches', 'broker/wire/requests', 'fixtures/random'].map(
  (name) => `test/${name}.ts`,
);

/** The guest is emulated, and traced. */
const DEADLINE_S = 570;

it('a broker lets the kernel encrypt and decrypt, and gives the same bytes as without', async () => {
  const { key, certificate } = pem();
  const written = [program, ...imported].map(
    (file) => `mkdir -p ${dirname(file)}; printf %s ${quoted(readFileSync(file, 'utf8'))} >${file}; `,
  );
  const trace = ['strace', '-f', '-e', 'trace=sendfile', '-o', '/tmp/calls'];
  const run = [...trace, './zc', 'exec', 'node', program, '/tmp/data', key, certificate].map(quoted).join(' ');
  const words = ['sh', '-c', `${written.join('')}${run} && echo && grep -c 'sendfile(.* = [1-9]' /tmp/calls`];
  // AES-GCM, which is a module of the guest's kernel.
  const wishes = { modules: ['gcm', 'ghash_generic', 'ctr'] };
  const said: string[] = [];
  const { exitCode, stdout } = await withGuest(
    { guestDeadline: DEADLINE_S },
    wishes,
    AbortSignal.timeout(DEADLINE_S * 1000),
    (line) => void said.push(line),
    (guest) => guest.run({ words, env: guestEnvironment }),
  );
  expect({ exitCode, said, stdout: String(stdout) }).toMatchObject({ exitCode: 0 });
  const [json = '', calls] = String(stdout).split('\n');
  const seen = JSON.parse(json);
  // The records went from the page cache into the kernel's TLS.
  expect(Number(calls)).toBeGreaterThan(0);
  expect(seen).toMatchObject({
    equal: true,
    answers: [errors.UNKNOWN_MEMBER_ID],
    last: 6,
    // Those that speak no TLS, or want another cipher, never got as far as the kernel.
    sending: 1,
    receiving: 1,
    failed: 0,
    reports: [],
  });
  expect(seen.bytes).toBeGreaterThan(400_000);
  expect(seen.still).toBeGreaterThan(seen.bytes);
  expect(seen.late).toBeGreaterThan(60);
  expect(seen.refused).toMatch(/handshake failure/);
});

/** A key and a certificate that nobody has signed but it. */
function pem(): { key: string; certificate: string } {
  const folder = mkdtempSync(join(tmpdir(), 'zc-tls-'));
  try {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')] as const;
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost'];
    spawnSync('openssl', ['req', '-x509', ...kind, '-days', '1', '-keyout', key, '-out', certificate]);
    return { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
