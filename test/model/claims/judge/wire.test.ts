import { expect, test } from 'vitest';
import { lessOnTheWire, pointersOnly, sharedOverEveryDevice } from '#model/claims/judge/wire.ts';
import { altered, withoutEach } from '../../../fixtures/extra-result.ts';
import { fresh, old, WIRE_BYTES, wireResult } from '../../../fixtures/wire-result.ts';

const at = (link: string) => ({ link, bytes: WIRE_BYTES });
const usual = wireResult();

test('pages are not handed on by a device that cannot gather, and would be by one that could', () => {
  expect(sharedOverEveryDevice(usual).state).toBe('not-held');
  const both = altered(usual, ['sendfile', at('veth-no-gather'), fresh], ['sendfile', at('veth-no-checksum'), fresh]);
  expect(sharedOverEveryDevice(both).state).toBe('held');
  expect(sharedOverEveryDevice(altered(both, ['sendfile', at('veth-no-checksum'), old])).state).toBe('not-held');
});

test('nothing is said of devices where the detector shows nothing', () => {
  expect(sharedOverEveryDevice(altered(usual, ['sendfile', at('veth'), old]))).toMatchObject({
    state: 'not-run',
    why: { code: 'nothing-shared' },
  });
  expect(sharedOverEveryDevice(altered(usual, ['read-write', at('veth'), fresh]))).toMatchObject({
    state: 'not-run',
    why: { code: 'check-failed', args: { variant: 'read-write' } },
  });
});

test('a device that gathers is given pointers, unless a copy arrives', () => {
  expect(pointersOnly(usual).state).toBe('held');
  expect(pointersOnly(altered(usual, ['sendfile', at('veth'), old])).state).toBe('not-held');
  expect(pointersOnly(altered(usual, ['read-write', at('veth'), fresh])).state).toBe('not-held');
});

test('as much goes over the wire either way, unless it is less by more than a packet', () => {
  expect(lessOnTheWire(usual).state).toBe('not-held');
  expect(lessOnTheWire(altered(usual, ['sendfile', at('veth'), { wirePackets: 22 }])).state).toBe('not-held');
  expect(lessOnTheWire(altered(usual, ['sendfile', at('veth'), { wirePackets: 12 }])).state).toBe('held');
  expect(lessOnTheWire(altered(usual, ['sendfile', at('veth'), { wireBytes: 20_000 }])).state).toBe('held');
});

test.each([
  ['sharedOverEveryDevice', sharedOverEveryDevice, 4],
  ['pointersOnly', pointersOnly, 2],
  ['lessOnTheWire', lessOnTheWire, 2],
] as const)('%s is not run without one of its series, or without its numbers', (_, judge, needed) => {
  const states = withoutEach(usual).map((one) => judge(one).state);
  expect(states.filter((state) => state === 'not-run')).toHaveLength(needed);
  const uncounted = structuredClone(usual);
  for (const { samples } of uncounted.series) for (const sample of samples) sample.extra = {};
  expect(judge(uncounted)).toMatchObject({ state: 'not-run', why: { code: 'not-counted' } });
});
