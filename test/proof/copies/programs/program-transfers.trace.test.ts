import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Child } from '#machine/child.ts';
import { findProgram } from '#machine/program.ts';
import { type Session, withSession } from '#measure/session.ts';
import { type MadeFile, makeSourceFile } from '#measure/source-file.ts';
import { nginxServer } from '#proof/copies/programs/nginx-server.ts';
import { opensslServer } from '#proof/copies/programs/openssl-server.ts';
import { programTransfers } from '#proof/copies/programs/program-transfers.ts';
import type { ServerProgram } from '#proof/copies/programs/server-program.ts';
import type { Counted } from '#proof/copies/protocol.ts';

const work = mkdtempSync(join(tmpdir(), 'zc-programs-'));
afterAll(() => rmSync(work, { recursive: true }));

const BYTES = 100_000;
/** Counts nothing: what is tried here is everything around the count. */
const counting = { ask: async () => ({ counted: {}, retransmitted: 0 }) } as unknown as Child;

async function inSession<T>(use: (session: Session, file: MadeFile) => Promise<T>): Promise<T> {
  const request = {
    mode: 'quick',
    bytes: null,
    rounds: null,
    seed: 1,
    receiver: 'copy',
  } as unknown as Session['request'];
  const { signal } = new AbortController();
  const options = { request, labFile: '', work, diskBytes: 2 ** 20, progress: () => {}, signal };
  return await withSession(options, (session) => use(session, makeSourceFile(session.folder, BYTES, 1)));
}

/** Every cell of a program by its link: what was traced; and why not, where it could not be had. */
async function everyCell(program: ServerProgram) {
  return await inSession(async (session, file) => {
    const stage = programTransfers({ program }, { session, counting, file });
    const counted: Record<string, Counted> = {};
    const refused: Record<string, string> = {};
    for (const cell of stage.cells) {
      const link = String(cell.factors.link);
      const refusal = await stage.check(cell);
      const answer = refusal ? { refusal } : await stage.count(cell);
      if ('refusal' in answer) refused[link] = answer.refusal.why;
      else counted[link] = answer.counted;
    }
    await stage.end();
    return { counted, refused };
  });
}

const installed = (name: string) => {
  try {
    return findProgram(name) !== '';
  } catch {
    return false;
  }
};
/** Where this kernel has no TLS, that is said; where it has, SSL_sendfile carried the file. */
function expectKernelTls({ counted, refused }: Awaited<ReturnType<typeof everyCell>>): void {
  if (counted.tls13) expect(counted.tls13.bytesByCall?.sendfile).toBe(BYTES);
  else expect(refused.tls13).toMatch(/^(no-kernel-tls|no-kernel-cipher|no-kernel-feature|refused)$/);
}

describe.skipIf(!installed('nginx') || !installed('openssl'))('programTransfers()', { timeout: 60_000 }, () => {
  test('sees nginx send a file by sendfile without TLS, and by write when it encrypts itself', async () => {
    const found = await everyCell(nginxServer({ sendfile: true }));
    const { tcp, 'user-tls13': own } = found.counted;
    expect(tcp).toMatchObject({ unaccountedBytes: 0, calls: { sendfile: 1 } });
    expect(tcp?.bytesByCall?.sendfile).toBe(BYTES);
    expect(tcp?.records).toBeUndefined();
    expect(own?.bytesByCall?.sendfile).toBeUndefined();
    expect(own?.bytesByCall?.write).toBeGreaterThan(BYTES);
    expect(own?.records).toBeGreaterThanOrEqual(Math.ceil(BYTES / 16_384));
    expectKernelTls(found);
  });

  test('sees openssl read and write when it encrypts itself, and says why the kernel does not', async () => {
    const { counted } = await everyCell(opensslServer({ sendfile: false }));
    expect(counted['user-tls13']?.calls?.read).toBeGreaterThan(1);
    expectKernelTls(await everyCell(opensslServer({ sendfile: true })));
  });

  test('does not trust other bytes than the file holds', async () => {
    const outcome = inSession(async (session, file) => {
      const wrong = { ...file, sha256: '0'.repeat(64) };
      const stage = programTransfers({ nginx: nginxServer({ sendfile: true }) }, { session, counting, file: wrong });
      await stage.check(stage.cells[0] as (typeof stage.cells)[number]);
    });
    await expect(outcome).rejects.toThrow(/Cannot trust 'nginx' over tcp: 100000 bytes were asked for, 100000 arrived/);
  });

  test('a program that does not start is an error with its last words', async () => {
    const broken: ServerProgram = {
      ...nginxServer({ sendfile: true }),
      configure: () => ({ args: ['-c', '/nowhere'] }),
    };
    await expect(everyCell(broken)).rejects.toThrow(/nginx ended with exit code 1: .*\/nowhere/);
  });
});
