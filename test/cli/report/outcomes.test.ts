import { expect, test } from 'vitest';
import { renderOutcomes } from '#cli/report/outcomes.ts';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { countResult, proofResult, timeResult } from '../../fixtures/results.ts';

const options = { verbose: false, colour: false, width: 80, unicode: true };

test('every lab has a line: what came of it, how long it took, how noisy it was', () => {
  const lines = renderOutcomes(
    [
      { lab: { id: 'file-to-socket' }, state: 'done', result: { ...timeResult({ rounds: 9 }), durationNs: 12.3e9 } },
      {
        lab: { id: 'shared-pages' },
        state: 'done',
        result: {
          ...proofResult(),
          durationNs: 2e9,
          cannotRun: [{ variant: 'x', factors: {}, why: 'no-strace', args: {} }],
        },
      },
      { lab: { id: 'count-calls' }, state: 'done', result: { ...countResult(), cannotRun: [] } },
      { lab: { id: 'count-copies' }, state: 'failed', error: new CannotRunHere('needs-root') },
      { lab: { id: 'latency' }, state: 'failed', error: new Error('the receiver was killed') },
    ],
    options,
  );
  expect(lines[0]).toMatch(/^lab +outcome +took +noise$/);
  expect(lines[1]).toMatch(/^file-to-socket +finished +12\.3 s +±\d/);
  expect(lines[2]).toMatch(/^shared-pages +finished, 1 part cannot run here +2 s +none$/);
  expect(lines[3]).toMatch(/^count-calls +finished +– +none$/);
  expect(lines[4]).toMatch(/^count-copies +cannot run here +– +–$/);
  expect(lines[5]).toMatch(/^latency +broke +– +–$/);
});
