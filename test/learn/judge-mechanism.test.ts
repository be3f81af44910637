/** What counts as proof that a payload went a certain way, on tallies made by hand. */
import { describe, expect, test } from 'vitest';
import { mechanismFindings, type Traced } from '#learn/judge-mechanism.ts';
import type { Flow, Tally, Way } from '#model/tally.ts';

const socket = '127.0.0.1:5000->127.0.0.1:80';
const payload = 1_000_000;

function flow(file: string, calls: readonly string[], bytes: number, to = socket): Flow {
  const ways: Way[] = [{ calls, moved: 'reference', bytes }];
  return { file, socket: to, kind: 'tcp', bytes, ways, bytesByCall: {}, calls: {}, shortCalls: 0, refusals: [] };
}

function traced(flows: readonly Flow[], fromMemory = 0, more: Partial<Traced> = {}): Traced {
  const own = flows.filter((one) => one.socket === socket);
  const fromFiles = own.reduce((sum, { bytes }) => sum + bytes, 0);
  const bytes = fromFiles + fromMemory;
  const sockets: Tally['sockets'] = [{ socket, kind: 'tcp', bytes, fromFiles, fromMemory }];
  const tally: Tally = { flows, sockets, reads: [], unaccounted: [], calls: {}, processes: 1 };
  return { tally, file: '/f', payload, arrived: bytes, senderPort: 5000, ...more };
}

const codes = (one: Traced) => mechanismFindings(one, [['sendfile']]).map(({ code }) => code);

describe('mechanismFindings()', () => {
  test('accepts the payload by the call, and a small header beside it', () => {
    expect(codes(traced([flow('/f', ['sendfile'], payload)]))).toEqual([]);
    expect(codes(traced([flow('/f', ['sendfile'], payload)], 4096))).toEqual([]);
  });

  test.each([
    ['not-by-call', [flow('/f', ['read', 'write'], payload)], 0],
    ['not-by-call', [flow('/f', ['sendfile'], 1), flow('/f', ['read', 'write'], payload - 1)], 0],
    ['not-by-call', [flow('/f', ['sendfile'], payload), flow('/f', ['read', 'write'], 4097)], 0],
    ['other-file', [flow('/copy', ['sendfile'], payload)], 0],
    ['from-memory', [], payload],
    ['from-memory', [flow('/f', ['sendfile'], payload)], 4097],
    // To another socket: nothing of it came to the receiver.
    ['from-memory', [flow('/f', ['sendfile'], payload, '127.0.0.1:6000->127.0.0.1:80')], payload],
  ] as const)('finds %s', (code, flows, memory) => {
    expect(codes(traced(flows, memory))).toEqual([code]);
  });

  test('takes bytes that no traced call sent for a finding, never for a pass', () => {
    const found = mechanismFindings(traced([], 0, { arrived: payload }), [['sendfile']]);
    expect(found).toEqual([{ code: 'unaccounted', args: { bytes: payload, arrived: payload } }]);
    expect(codes(traced([flow('/f', ['sendfile'], payload)], 0, { arrived: payload + 1 }))).toEqual(['unaccounted']);
  });

  test('holds what else may go in against one per cent of a small payload', () => {
    const small = [flow('/f', ['sendfile'], 10_000)];
    expect(codes(traced(small, 100, { payload: 10_000 }))).toEqual([]);
    expect(codes(traced(small, 101, { payload: 10_000 }))).toEqual(['from-memory']);
  });
});
