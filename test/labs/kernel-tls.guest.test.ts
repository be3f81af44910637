/** Kernel TLS in the guest: what is copied, what is encrypted, and which calls carry the file of two servers. */
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CountResult, CountSeries } from '#model/result.ts';
import { copiesPerByte } from '#model/statistics.ts';
import { readResult } from '#model/upgrade.ts';
import { guestPlace, zc } from '../cli/zc.ts';

/** The guest gets the programs of its host. */
const programs = ['nginx', 'openssl'].every((name) => spawnSync(name, ['-v']).error === undefined);
if (!programs)
  process.stderr.write("kernel-tls: nginx or openssl is missing: 'apt-get install -y nginx-light openssl'\n");

describe('kernel-tls', () => {
  let result: CountResult;
  beforeAll(async () => {
    using home = guestPlace();
    const { code, stdout, stderr } = await zc(['run', 'kernel-tls', '--guest', '--quick', '--json'], home);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    result = readResult(JSON.parse(stdout)) as CountResult;
  });

  const series = (variant: string, link: string) =>
    result.series.find((one) => one.variant === variant && one.factors.link === link) as CountSeries;

  it.each([
    ['read-write', 'tcp', 1, 1, 1],
    ['mmap-write', 'tcp', 0, 1, 1],
    ['sendfile', 'tcp', 0, 0, 1],
    // The kernel encrypts straight from the program's pages, and from the file's own.
    ['read-write', 'tls13', 1, 0, 1],
    ['mmap-write', 'tls13', 0, 0, 1],
    ['sendfile', 'tls13', 0, 0, 1],
    ['sendfile', 'tls13-zero-copy', 0, 0, 1],
    // It decrypts into the receiver's memory where it knows how long the plain text is.
    ['sendfile', 'tls12', 0, 0, 0],
    ['sendfile', 'tls13-no-padding', 0, 0, 0],
  ])('%s over %s: %d to the program, %d to the kernel, %d to the receiver', (variant, link, ...expected) => {
    const { places } = copiesPerByte(series(variant, link)) ?? { places: undefined };
    const [fileToUser, userToKernel, kernelToReceiver] = expected;
    expect(places?.fileToUser).toBeCloseTo(fileToUser as number, 2);
    expect(places?.userToKernel).toBeCloseTo(userToKernel as number, 2);
    expect(places?.kernelToReceiver).toBeCloseTo(kernelToReceiver as number, 2);
    expect(places?.inKernel).toBeLessThan(0.2);
  });

  it.each(['tls12', 'tls13'])('each byte is encrypted and decrypted once over %s, in records of 16 KiB', (link) => {
    for (const variant of ['read-write', 'mmap-write', 'sendfile']) {
      for (const { payloadBytes, encryptedBytes = 0, decryptedBytes = 0, records } of series(variant, link).samples) {
        expect(encryptedBytes / payloadBytes).toBeCloseTo(1, 1);
        expect(decryptedBytes / payloadBytes).toBeCloseTo(1, 1);
        expect(records).toBe(payloadBytes / 16_384);
      }
    }
  });

  it('nothing is encrypted without TLS, nor in the kernel when the program does it', () => {
    for (const [variant, link] of [
      ['sendfile', 'tcp'],
      ...(programs ? [['nginx-sendfile', 'user-tls13'] as const, ['openssl', 'user-tls13'] as const] : []),
    ] as const) {
      expect(series(variant, link).samples.map(({ encryptedBytes }) => encryptedBytes)).toEqual([0]);
    }
  });

  it.skipIf(!programs).each(['nginx-sendfile', 'openssl-sendfile'])(
    '%s sends the file by sendfile when the kernel encrypts',
    (variant) => {
      const [sample] = series(variant, 'tls13').samples;
      expect(sample?.bytesByCall?.sendfile).toBe(sample?.payloadBytes);
    },
  );

  it.skipIf(!programs)('nginx does not when it encrypts by itself, whatever its configuration says', () => {
    const [sample] = series('nginx-sendfile', 'user-tls13').samples;
    expect(sample?.bytesByCall?.sendfile ?? 0).toBe(0);
    expect(sample?.copiedBytes?.fileToUser).toBeGreaterThanOrEqual(sample?.payloadBytes as number);
  });

  it('everything could run, and was counted twice', () => {
    const states = result.series.flatMap(({ samples }) => samples.map(({ crossCheck }) => crossCheck?.state));
    expect(result.cannotRun.filter(({ why }) => programs || why !== 'no-program')).toEqual([]);
    expect(new Set(states)).toEqual(new Set(['agreed']));
  });
});
