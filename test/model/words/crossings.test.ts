import { describe, expect, test } from 'vitest';
import { concludeCounts, predictions, predictionText, surprise } from '#model/words/crossings.ts';
import { callsEntry, callsResult } from '../../fixtures/calls-result.ts';

const titles = callsEntry.variants;

describe('concludeCounts()', () => {
  test('sets the calls of sendfile beside its switches, and the baseline beside both', () => {
    expect(concludeCounts(callsResult(), titles)).toBe(
      'sendfile made 1 call for 1 MiB and switched 40 times while it waited, over loopback TCP; read + write made 32 calls for 1 MiB with 64 KiB a call and switched 3 times.',
    );
  });

  test('claims no surprise where there is none', () => {
    const result = callsResult({ sendfile: { calls: { sendfile: 50 }, switches: 1 } });
    expect(surprise(result)).toBeNull();
    expect(concludeCounts(result, titles)).toBe(
      'Read + write made 32 calls for 1 MiB with 64 KiB a call. No way of sending switched more often than it called.',
    );
  });
});

describe('predictions()', () => {
  test('counts those that have a model and calls, and finds none to differ', () => {
    expect(predictions(callsResult())).toEqual({ of: 4, differences: [] });
    expect(predictionText(callsResult(), titles)).toBe('4 of 4 counts are exactly what the path models predict.');
  });

  test('names the count that differs most, in both directions', () => {
    const more = callsResult({ sendfile: { calls: { sendfile: 9 }, switches: 40 } });
    expect(predictionText(more, titles)).toBe(
      '2 of 4 counts are exactly what the path models predict. The others differ by short counts: sendfile over loopback TCP made 9 sendfile calls instead of 1, because a call takes no more than fits into the send buffer, and is made again for the rest.',
    );
    const other = callsResult({ sendfile: { calls: { write: 9 }, switches: 40 } });
    expect(predictions(other).differences).toContainEqual(expect.objectContaining({ call: 'sendfile', counted: 0 }));
    expect(predictionText(other, titles)).not.toContain('send buffer');
  });
});
