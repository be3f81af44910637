import { describe, expect, test } from 'vitest';
import { insideNoise } from '#site/figures/inside-noise.ts';
import { findSeries, sayNumber } from '#site/figures/numbers.ts';
import { dayOf, machineWords, originOf } from '#site/figures/origin.ts';
import { countResult, timeResult } from '../../fixtures/results.ts';

const result = timeResult({ links: ['tcp', 'unix'], costs: { sendfile: 0.5 }, noise: 0.01 });
const asked = { variant: 'sendfile', factors: { link: 'tcp' }, measure: 'totalCpuNs' } as const;

describe('sayNumber()', () => {
  test('says a change with its direction', () => {
    expect(sayNumber(result, { ...asked, as: 'change' })).toMatch(/^(49|50|51) % less$/);
  });

  test('says the interval', () => {
    expect(sayNumber(result, { ...asked, as: 'interval' })).toMatch(/^between \d\d and \d\d % less$/);
  });

  test('says no difference where the interval includes 1', () => {
    const same = timeResult({ costs: { sendfile: 1 }, noise: 0.05, seed: 5 });
    expect(sayNumber(same, { ...asked, as: 'change' })).toBe('no visible difference');
  });

  test('says the median for a GiB, the calls and the noise', () => {
    expect(sayNumber(result, { ...asked, as: 'per-gib' })).toMatch(/^\d{3} ms$/);
    expect(sayNumber(result, { ...asked, as: 'calls' })).toBe('16,384');
    expect(sayNumber(result, { ...asked, variant: 'read-write', as: 'noise' })).toMatch(/^±[\d.]+ %$/);
  });

  test('refuses calls that were not counted', () => {
    expect(() => sayNumber(result, { ...asked, variant: 'node-stream', as: 'calls' })).toThrow('not counted');
  });

  test('refuses a comparison that the rounds do not allow', () => {
    expect(() => sayNumber(timeResult({ rounds: 3 }), { ...asked, as: 'change' })).toThrow('too-few-rounds');
  });
});

describe('findSeries()', () => {
  test('finds a series by some of its factors', () => {
    expect(findSeries(result, 'sendfile', { link: 'unix' }).factors.link).toBe('unix');
  });

  test('takes the baseline and never its repeat', () => {
    expect(findSeries(result, 'read-write', { link: 'tcp' }).role).toBe('baseline');
  });

  test('refuses an ambiguous question and names what there is', () => {
    expect(() => findSeries(result, 'sendfile', {})).toThrow(/Expected one series of 'sendfile'.*got 2 of: .*unix/);
  });

  test('refuses a path that is not there', () => {
    expect(() => findSeries(result, 'teleport', { link: 'tcp' })).toThrow('got 0');
  });
});

test('the origin of a number names machine and day', () => {
  expect(dayOf(result)).toBe('21 November 2026');
  expect(originOf(result)).toBe('measured on test-vm, 21 November 2026');
  expect(machineWords(result)).toBe('2 CPUs (Intel Xeon (test)), a virtual machine (kvm), Linux 6.18.44');
});

test('what comes from a guest is counted there, and the guest is named', () => {
  expect(originOf(countResult())).toBe('counted on test-guest, 21 November 2026');
  expect(machineWords(countResult())).toBe("this project's guest, Linux 6.12 (test kernel), pc machine, QEMU 7.2 TCG");
});

describe('insideNoise()', () => {
  const planted = (cost: number, noise: number, seed: number) => {
    const some = timeResult({ costs: { 'mmap-write': cost }, noise, seed });
    return insideNoise(some, findSeries(some, 'mmap-write', {}), 'totalCpuNs');
  };

  test('says the noise where a claimed difference is smaller', () => {
    expect(planted(0.95, 0.05, 6)).toBe('±4 %');
  });

  test('is silent about a difference that is larger', () => {
    expect(planted(0.5, 0.05, 6)).toBeNull();
  });

  test('is silent where no difference is claimed', () => {
    expect(planted(1, 0.05, 5)).toBeNull();
  });
});
