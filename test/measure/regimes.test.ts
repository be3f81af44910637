import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { ownNetwork } from '#machine/networks.ts';
import { timeRegimes } from '#measure/regimes.ts';
import { withSession } from '#measure/session.ts';
import { labResultSchema, type TimeResult } from '#model/result.ts';
import lab from '../../labs/slow-network.ts';

const amount = { rounds: 1, bytes: 2 ** 20, limitedBytes: { 10: 2 ** 19 }, limits: [10, null] } as const;
const run = timeRegimes({ quick: amount, default: amount, full: amount });

async function toy(): Promise<TimeResult> {
  const request = { mode: 'quick', rounds: null, bytes: null, receiver: 'copy', seed: 7 } as const;
  const options = { request, labFile: resolve('labs/slow-network.ts'), work: undefined, diskBytes: 0 };
  const signal = new AbortController().signal;
  const result = await withSession({ ...options, progress: () => {}, signal }, (session) => run(lab, session));
  return labResultSchema.parse(result) as TimeResult;
}

const seriesOf = ({ series }: TimeResult) =>
  series.filter(({ role }) => role !== 'repeat').map((one) => `${one.variant} ${one.factors.link} ${one.factors.core}`);

test('the file goes over each network, with and without a neighbour who gets something done', async ({ skip }) => {
  try {
    ownNetwork();
  } catch (error) {
    if (error instanceof CannotRunHere) skip(error.message);
    throw error;
  }
  const result = await toy();
  expect(result.cannotRun).toEqual([]);
  expect(seriesOf(result)).toEqual(
    ['veth-10gbit', 'veth'].flatMap((link) =>
      ['own', 'shared'].flatMap((core) => [`read-write ${link} ${core}`, `sendfile ${link} ${core}`]),
    ),
  );
  for (const { factors, samples } of result.series) {
    const [sample] = samples;
    expect(sample?.bytes).toBe(factors.link === 'veth' ? 2 ** 20 : 2 ** 19);
    expect(sample?.extra?.sentPerSecond).toBeGreaterThan(0);
    expect(sample?.extra?.neighbourOperations !== undefined).toBe(factors.core === 'shared');
  }
});

test('without a network of its own, the sender keeps to the rate over loopback, and the cables are told', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    // unshare(1) lies in none of the folders that are looked into besides PATH.
    expect(() => ownNetwork()).toThrow(CannotRunHere);
    const result = await toy();
    expect(seriesOf(result)).toContain('sendfile tcp-10gbit own');
    expect(seriesOf(result).some((one) => one.includes('veth'))).toBe(false);
    const missing = result.cannotRun.map(({ variant, factors, why }) => `${variant} ${factors.link}: ${why}`);
    expect(missing).toEqual(
      ['veth-10gbit', 'veth'].flatMap((link) => [`read-write ${link}: no-program`, `sendfile ${link}: no-program`]),
    );
  } finally {
    process.env.PATH = path;
  }
});
