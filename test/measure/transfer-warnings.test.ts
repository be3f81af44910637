import { describe, expect, test } from 'vitest';
import { transferWarnings } from '#measure/transfer-warnings.ts';
import type { TimeResult } from '#model/result.ts';
import { timeResult } from '../fixtures/results.ts';

const work = { path: '/w', fileSystem: 'ext4', freeBytes: 1e12, suited: true };
const whole = [{ resident: 10, pages: 10 }];
const codes = (result: TimeResult, looks = whole, folder = work) =>
  transferWarnings(result, folder, looks, 120).map(({ code }) => code);

/** The result with every sample changed. */
function changed(result: TimeResult, change: Partial<TimeResult['series'][number]['samples'][number]>): TimeResult {
  const series = result.series.map((each) => ({
    ...each,
    samples: each.samples.map((one) => ({ ...one, ...change })),
  }));
  return { ...result, series };
}

describe('transferWarnings()', () => {
  const calm = timeResult();

  test('says that pages left memory, when any look found them gone', () => {
    expect(codes(calm)).not.toContain('evicted-pages');
    expect(codes(calm, [...whole, { resident: 7, pages: 10 }, ...whole])).toContain('evicted-pages');
  });

  test('does not take a page fault of the program for one of the file', () => {
    expect(codes(changed(calm, { majorFaults: 3 }))).not.toContain('evicted-pages');
  });

  test('says that samples are short, or were stopped by a CPU limit', () => {
    expect(codes(changed(calm, { wallNs: 10_000_000 }))).not.toContain('too-short');
    expect(codes(changed(calm, { wallNs: 1_000_000 }))).toContain('too-short');
    expect(codes(calm)).not.toContain('throttled');
    expect(codes(changed(calm, { throttled: true }))).toContain('throttled');
  });

  test('says that others used the processors, or that the hypervisor took them', () => {
    const own = calm.series.map(({ samples }) =>
      samples.reduce((sum, sample) => sum + sample.senderCpuNs + sample.receiverCpuNs, 0),
    );
    const machine = (factor: number, steal: number) => ({
      ...calm,
      series: calm.series.map((each, index) => ({
        ...each,
        machineCpuNs: Math.round((own[index] as number) * factor),
        stealNs: Math.round((own[index] as number) * steal),
      })),
    });
    expect(codes(machine(1, 0))).not.toEqual(expect.arrayContaining(['busy-machine']));
    expect(codes(machine(2, 0))).toContain('busy-machine');
    expect(codes(machine(1, 0))).not.toContain('cpu-steal');
    expect(codes(machine(1, 0.3))).toContain('cpu-steal');
  });

  test('names a work folder in memory, and one CPU', () => {
    expect(codes(calm, whole, { ...work, fileSystem: 'tmpfs', suited: false })).toContain('tmpfs-work-folder');
    const pinning = { sender: null, receiver: null };
    expect(codes({ ...calm, environment: { ...calm.environment, pinning } })).toContain('one-cpu');
  });
});
