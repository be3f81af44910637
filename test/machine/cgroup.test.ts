import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cgroupLimits } from '#machine/cgroup.ts';
import { chosen, machineCpu, meminfo, parseList, retransmittedSegments } from '#machine/facts.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'zc-cgroup-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function tree(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

test('cgroupLimits() reads version 2, the tightest limit on the way up', () => {
  tree({
    'cgroup.controllers': 'cpu memory',
    'a/memory.max': '1000000',
    'a/cpu.max': '150000 100000',
    'a/b/memory.max': 'max',
    'a/b/cpu.max': 'max 100000',
    'a/b/cpu.stat': 'usage_usec 1\nnr_throttled 7\n',
  });
  const limits = cgroupLimits(root, '0::/a/b');
  expect(limits).toMatchObject({ version: 2, memoryMaxBytes: 1_000_000, cpuMax: 1.5 });
  expect(limits.throttled()).toBe(7);
});

test('cgroupLimits() reads version 1, where "no limit" is a number near 2^63', () => {
  tree({
    'memory/docker/x/memory.limit_in_bytes': '2147483648',
    'memory/memory.limit_in_bytes': '9223372036854771712',
    'cpu/docker/x/cpu.cfs_quota_us': '50000',
    'cpu/docker/x/cpu.cfs_period_us': '100000',
    'cpu/docker/x/cpu.stat': 'nr_periods 5\nnr_throttled 3\n',
  });
  const limits = cgroupLimits(root, '4:memory:/docker/x\n3:cpu,cpuacct:/docker/x');
  expect(limits).toMatchObject({ version: 1, memoryMaxBytes: 2_147_483_648, cpuMax: 0.5 });
  expect(limits.throttled()).toBe(3);
});

test('cgroupLimits() finds no limit where there is none', () => {
  tree({ 'cgroup.controllers': '', 'memory.max': 'max' });
  expect(cgroupLimits(root, '0::/')).toMatchObject({ version: 2, memoryMaxBytes: null, cpuMax: null });
  expect(cgroupLimits(root, null)).toMatchObject({ version: null, memoryMaxBytes: null });
  expect(cgroupLimits(root, '')).toMatchObject({ version: null, memoryMaxBytes: null });
});

test('facts of this machine are read in bytes and ns', () => {
  expect(meminfo('MemAvailable')).toBeGreaterThan(2 ** 20);
  expect(meminfo('MemTotal')).toBeGreaterThanOrEqual(meminfo('MemAvailable'));
  expect(machineCpu()?.busyNs).toBeGreaterThan(0);
  expect(parseList('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(chosen('always [madvise] never')).toBe('madvise');
  const snmp = 'Ip: Forwarding\nIp: 1\nTcp: InSegs OutSegs RetransSegs InErrs\nTcp: 10 20 3 0\n';
  expect([retransmittedSegments(snmp), retransmittedSegments(null)]).toEqual([3, 0]);
});
