import { expect, test } from 'vitest';
import { countedOf } from '../../../labs/java/count-sends.ts';

test('countedOf() adds up calls of a kind, and keeps what Java said beside what was asked', () => {
  const sent = {
    calls: { pread: 3, read: 1, write: 4, sendfile: 2, copy_file_range: 1, mmap: 8 },
    bytesByCall: { write: 40, sendfile: 60 },
    refused: 1,
    said: { sent: 100, transfers: 5, mapped: true },
  };
  expect(countedOf(sent, 200)).toEqual({
    calls: sent.calls,
    bytesByCall: sent.bytesByCall,
    extra: {
      askedBytes: 200,
      sentBytes: 100,
      transfers: 5,
      leftMapped: 1,
      readCalls: 4,
      writeCalls: 4,
      sendfileCalls: 2,
      copyRangeCalls: 1,
      mapCalls: 8,
      refusedCalls: 1,
      sendfileBytes: 60,
    },
  });
});
