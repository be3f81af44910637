/** The parts of the lab that a quick run leaves out, at toy size: bytes and counts, never times. */
import { expect, test } from 'vitest';
import type { Factors } from '#model/result.ts';
import { parts } from '../../../labs/broker/asks.ts';
import { timeBroker } from '../../../labs/broker/time-broker.ts';
import lab from '../../../labs/log-broker.ts';
import { runLab } from '../lab-run.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

const settings: readonly Factors[] = [
  { part: parts.many, fetchBytes: 256 * KiB, consumers: 3 },
  { part: parts.buffer, fetchBytes: 64 * KiB },
  { part: parts.bbr, fetchBytes: 64 * KiB },
  { part: parts.copies, fetchBytes: 64 * KiB },
  { part: parts.alone, fetchBytes: KiB, batchBytes: 1000 },
  { part: parts.beside, fetchBytes: KiB, batchBytes: 1000 },
  { part: parts.slow, fetchBytes: 512 * KiB, consumers: 5 },
];
const amount = { rounds: 1, topicBytes: MiB, sampleBytes: MiB, oneBytes: MiB, settings };

test('every part is asked for what it says', { timeout: 240_000 }, async () => {
  const run = timeBroker({ quick: amount, default: amount, full: amount });
  const result = await runLab({ ...lab, run });
  if (result.kind !== 'time') throw new Error(`Expected a timed result, found ${result.kind}`);
  const lacking = new Set(result.cannotRun.map(({ why }) => why));
  // Not every machine has bbr, and pages of a file system in memory cannot be put on a disk.
  expect([...lacking].filter((why) => why !== 'no-congestion-control' && why !== 'cannot-evict')).toEqual([]);
  const of = (part: string, variant: string) =>
    result.series.find((one) => one.factors.part === part && one.variant === variant)?.samples[0];

  expect(of(parts.many, 'sendfile')?.extra?.operations).toBe(9);
  for (const part of [parts.buffer, parts.copies]) expect(of(part, 'sendfile')?.extra?.operations).toBe(16);
  for (const variant of ['copying', 'sendfile', 'sendfile-waits']) {
    expect(of(parts.alone, variant)).toMatchObject({ bytes: 300 * KiB, latenciesNs: expect.any(Array) });
    expect(of(parts.alone, variant)?.latenciesNs).toHaveLength(300);
  }
  const mapped = result.integrity.received.find(({ variant }) => variant === 'mapped');
  expect(mapped).toMatchObject({ bytes: 5 * 512 * KiB, hash: '34 batches, 524288 bytes read by the last of 5' });
  expect(Object.keys(of(parts.slow, 'mapped')?.extra ?? {})).toEqual(
    expect.arrayContaining(['memoryBytes', 'queuedBytes', 'processBytes']),
  );
});
