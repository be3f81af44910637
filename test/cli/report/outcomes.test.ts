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

test('the noise is that of what the answer is measured by', () => {
  // Two runs of the baseline that agree in CPU and not on the clock.
  const plain = timeResult({ rounds: 9, noise: 0.001 });
  const result = {
    ...plain,
    series: plain.series.map((series) => ({
      ...series,
      samples: series.samples.map((sample, at) => {
        const wallNs = series.role === 'repeat' && at % 2 === 0 ? 4e8 : 2e8;
        return { ...sample, wallNs, latenciesNs: Array<number>(200).fill(wallNs) };
      }),
    })),
  };
  const lines = renderOutcomes(
    [
      { lab: { id: 'cpu' }, state: 'done', result },
      { lab: { id: 'ratio', answer: { shape: 'ratio', measure: 'wallNs', per: 'GiB' } }, state: 'done', result },
      { lab: { id: 'distribution', answer: { shape: 'distribution' } }, state: 'done', result },
      {
        lab: { id: 'facts', answer: { shape: 'facts', columns: ['minorFaults', 'wallNs'], says: '' } },
        state: 'done',
        result,
      },
      {
        lab: { id: 'untimed', answer: { shape: 'facts', columns: ['minorFaults'], says: '' } },
        state: 'done',
        result,
      },
    ],
    options,
  );
  const noises = lines.slice(1, 6).map((line) => [line.split(' ')[0], /±(\d+)/.exec(line)?.[1]]);
  const [cpu, ratio, distribution, facts, untimed] = noises.map(([, width]) => Number(width));
  expect(cpu).toBeLessThan(5);
  expect(untimed).toBe(cpu);
  expect(ratio).toBeGreaterThan(20);
  expect([distribution, facts]).toEqual([ratio, ratio]);
});

test('under the table it says why the noise of a lab is wide', () => {
  const done = (id: string, noise: number) =>
    ({ lab: { id }, state: 'done', result: timeResult({ rounds: 15, noise, seed: 2 }) }) as const;
  const lines = renderOutcomes([done('quiet', 0.01), done('loud', 0.4)], options);
  expect(lines.slice(3).join(' ')).toMatch(/^loud, ±\d+ %: all its rounds vary: in half of them one run took \d+ %/);
  expect(lines.every((line) => line.length <= options.width)).toBe(true);
});
