import { expect, test } from 'vitest';
import type { Flow, Tally } from '#model/tally.ts';
import { tracedFetches } from '../../../labs/kafka/traced-fetches.ts';

const flow = (file: string, bytes: number, call: 'sendfile' | 'write'): Flow => ({
  file,
  socket: '127.0.0.1:1->127.0.0.1:2',
  kind: 'tcp',
  bytes,
  ways: [
    { calls: call === 'write' ? ['read', 'write'] : [call], moved: call === 'write' ? 'copy' : 'reference', bytes },
  ],
  bytesByCall: { [call]: bytes },
  calls: { [call]: 3 },
  shortCalls: 0,
  refusals: [],
});

test('tracedFetches() tells what of one topic went by sendfile, what was copied and what was read', () => {
  const tally: Tally = {
    flows: [
      flow('/d/t-0/0.log', 100, 'sendfile'),
      flow('/d/t-0/9.log', 30, 'write'),
      flow('/d/u-0/0.log', 7, 'sendfile'),
    ],
    sockets: [{ socket: 's', kind: 'tcp', bytes: 142, fromFiles: 137, fromMemory: 5 }],
    reads: [
      { file: '/d/t-0/0.log', bytes: 17, sent: 0 },
      { file: '/d/t-0/0.index', bytes: 8, sent: 0 },
      { file: '/d/u-0/0.log', bytes: 9, sent: 0 },
    ],
    unaccounted: [],
    calls: {},
    processes: 1,
  };
  expect(tracedFetches(tally, 't')).toEqual({
    ...{ sendfileCalls: 3, sendfileBytes: 100, flowBytes: 130, logReadBytes: 17, memoryBytes: 5 },
  });
});
