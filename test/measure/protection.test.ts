import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { Mapping, recvBytes } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { newSecret } from '#machine/kernel-tls.ts';
import { Drain, startDrain } from '#measure/drain.ts';
import { openSending, type Protection, protections, tryProtection } from '#measure/protection.ts';
import { inSession } from './in-session.ts';

const BYTES = 300_000;
const payload = Buffer.alloc(BYTES, 'zero copy');
const sha256 = createHash('sha256').update(payload).digest('hex');

/** Whether this machine can, and if not, for which reason: only the kernel's TLS may be missing. */
function reasonAgainst(protection: Protection): string | null {
  try {
    tryProtection(protection);
    return null;
  } catch (error) {
    if (error instanceof CannotRunHere) return error.code;
    throw error;
  }
}

it.each(protections)("the drain takes what is sent with the protection '%s'", async (protection) => {
  const reason = reasonAgainst(protection);
  if (reason !== null)
    return expect([protection, reason]).toEqual(['kernel-tls', expect.stringMatching(/^no-kernel-/)]);
  await inSession(async (session) => {
    await startDrain(session);
    using memory = Mapping.anonymous(BYTES);
    memory.view().set(payload);
    using drain = new Drain(session.folder);
    const secret = newSecret();
    drain.order({ bytes: BYTES, answers: 1, asking: false, hash: true, protection, secret });
    using end = openSending(drain.fd, protection, secret);
    for (let sent = 0; sent < BYTES; ) sent += end.write(memory.address + sent, BYTES - sent);
    expect(drain.receipt().sha256).toBe(sha256);
  });
});

it('a sender that breaks its handshake off, or its records, ends its own sample only', async () => {
  await inSession(async (session) => {
    await startDrain(session);
    const order = { bytes: BYTES, answers: 1, asking: false, hash: true } as const;
    {
      using breaking = new Drain(session.folder);
      breaking.order({ ...order, protection: 'tls' });
    }
    {
      using lying = new Drain(session.folder);
      lying.order({ ...order, protection: 'tls' });
      // The start of the drain's handshake has come; plain bytes are no answer to it.
      expect(recvBytes(lying.fd, Buffer.alloc(16))).toBe(16);
      using memory = Mapping.anonymous(BYTES);
      using plain = openSending(lying.fd, 'none', '');
      plain.write(memory.address, BYTES);
    }
    {
      using leaving = new Drain(session.folder);
      leaving.order({ ...order, protection: 'integrity' });
      using end = openSending(leaving.fd, 'integrity', '');
      using memory = Mapping.anonymous(1000);
      end.write(memory.address, 1000);
    }
    using drain = new Drain(session.folder);
    drain.order({ ...order, protection: 'tls' });
    using end = openSending(drain.fd, 'tls', '');
    using memory = Mapping.anonymous(BYTES);
    memory.view().set(payload);
    end.write(memory.address, BYTES);
    expect(drain.receipt().sha256).toBe(sha256);
  });
});
