/** Whose bytes went where in the lab's broker: strace must see what each path is said to do. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import lab from '../../labs/log-broker.ts';
import { extras, runLab } from './lab-run.ts';

const MiB = 2 ** 20;

test('what is produced goes through the broker, and what is fetched only where the path says so', {
  timeout: 240_000,
}, async () => {
  const seen = extras(await runLab(lab, { bytes: 2 * MiB }), 'part', 'fetchBytes');
  const ways = ['copying', 'mapped', 'sendfile', ...(spawnSync('openssl', ['version']).error ? [] : ['tls'])];
  for (const way of ways) {
    const {
      takenBytes = 0,
      appendedBytes,
      syncs,
      readBytes = 0,
      sendfileBytes,
      writtenBytes = 0,
    } = seen[`${way} one consumer ${MiB}`] ?? {};
    expect({ appendedBytes, syncs, sendfileBytes }).toEqual({
      appendedBytes: MiB,
      syncs: 0,
      sendfileBytes: way === 'sendfile' ? MiB : 0,
    });
    expect(takenBytes).toBeGreaterThan(MiB);
    expect(takenBytes).toBeLessThan(1.05 * MiB);
    expect(readBytes >= MiB).toBe(way === 'copying' || way === 'tls');
    expect(writtenBytes >= MiB).toBe(way !== 'sendfile');
  }
});
