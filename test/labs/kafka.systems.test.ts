/** Apache Kafka itself, asked with and without TLS, and what stands beside it. */
import { expect, test } from 'vitest';
import { timeKafka } from '../../labs/kafka/crew.ts';
import lab from '../../labs/kafka/lab.ts';
import { extras, runLab } from './lab-run.ts';

const KiB = 1024;
const MiB = KiB * KiB;

test('the same records come from everybody, by sendfile from all but TLS', { timeout: 280_000 }, async () => {
  const amount = { rounds: 1, bytes: 8 * MiB, sampleBytes: 4 * MiB, warm: { bytes: MiB, seconds: 0 } };
  const all = { ...amount, fetchBytes: [64 * KiB, MiB], without: ['plaintext-auto'] };
  const run = timeKafka({ quick: all, default: all, full: all });
  const result = await runLab({ ...lab, run }, { bytes: 8 * MiB });
  expect(result).toMatchObject({ kind: 'time', cannotRun: [], parameters: { apacheKafka: expect.any(String) } });
  const sizes = [64 * KiB, MiB];
  for (const { variant, factors, samples } of result.series) {
    expect(sizes).toContain(factors.fetchBytes);
    const [sample] = samples;
    if (!sample || !('senderCpuNs' in sample)) throw new Error('Expected a timed sample');
    const { extra = {}, bytes } = sample;
    expect(bytes).toBeGreaterThan(0.5 * (extra.operations as number) * (factors.fetchBytes as number));
    if (variant === 'own' || variant === 'bare') expect(extra).not.toHaveProperty('networkCpuNs');
    else expect(extra.networkCpuNs).toBeGreaterThan(0);
    if (variant === 'bare') expect(extra.mappedIndexes).toBe(0);
    else expect(extra.mappedIndexes).toBeGreaterThan(0);
    expect(extra.mappedLogs).toBe(0);
    expect(extra.sendfileBytes).toBe(variant === 'tls' ? 0 : extra.tracedBytes);
  }
  const { received } = (result as Extract<typeof result, { kind: 'time' }>).integrity;
  expect(received).toHaveLength(8);
  expect(new Set(received.map(({ hash }) => hash)).size).toBe(1);
});

test('a second broker serves the same records with the send buffer of the kernel', { timeout: 280_000 }, async () => {
  const amount = { rounds: 1, bytes: 4 * MiB, sampleBytes: MiB, warm: { bytes: MiB, seconds: 0 }, fetchBytes: [MiB] };
  const without = ['tls', 'own', 'bare'];
  const run = timeKafka({ quick: { ...amount, without }, default: amount, full: amount });
  const result = await runLab({ ...lab, run }, { bytes: 4 * MiB });
  const { received } = (result as Extract<typeof result, { kind: 'time' }>).integrity;
  expect(received.map(({ variant }) => variant).toSorted()).toEqual(['plaintext', 'plaintext-auto']);
  expect(new Set(received.map(({ hash }) => hash)).size).toBe(1);
  for (const { sendfileBytes, tracedBytes } of Object.values(extras(result))) expect(sendfileBytes).toBe(tracedBytes);
});
