import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { TimeResult, TimeSeries } from '#model/result.ts';
import { readResult } from '#model/upgrade.ts';
import { loopRows } from '#site/figures/beside-loop.ts';

const [file = ''] = globSync('labs/results/*/log-broker.json');
const recorded = readResult(JSON.parse(readFileSync(file, 'utf8'))) as TimeResult;

/** The recorded run, in which our path took so many times the loop's time, and so many µs more a fetch: by round. */
function runWith(slower: (round: number) => number, extraUs: (round: number) => number): TimeResult {
  const loops = recorded.series.filter(({ variant }) => variant === 'bare-sendfile');
  const ours = loops.map(
    (loop): TimeSeries => ({
      ...loop,
      variant: 'sendfile',
      samples: loop.samples.map((sample) => ({
        ...sample,
        wallNs: sample.wallNs * slower(sample.round),
        senderCpuNs: sample.senderCpuNs + extraUs(sample.round) * 1000 * Number(sample.extra?.operations),
      })),
    }),
  );
  return { ...recorded, series: [...loops, ...ours] };
}

const always = (value: number) => () => value;

test('says how much of the throughput is left, and what a fetch costs beyond the loop', () => {
  const rows = loopRows(runWith(always(1 / 0.8), always(7)));
  expect(rows.map(({ fetch }) => fetch)).toEqual(['64 KiB', '256 KiB', '1 MiB', '8 MiB']);
  for (const row of rows) {
    expect(row.throughput).toBe('0.80 (0.80–0.80)');
    expect(row.extra).toBe('7.0 µs (7.0 to 7.0)');
  }
  expect(rows.map(({ throughputAim }) => throughputAim)).toEqual(['missed', 'missed', 'missed', 'missed']);
  expect(rows.map(({ extraAim }) => extraAim)).toEqual(['met', 'met', '', '']);
});

test('says with a minus sign when it is less', () => {
  expect(loopRows(runWith(always(1), always(-3)))[0]?.extra).toBe('−3.0 µs (−3.0 to −3.0)');
});

test('what is aimed at is met or missed by the whole interval, or it is not clear', () => {
  expect(
    loopRows(runWith(always(1 / 0.95), always(25))).map(({ throughputAim, extraAim }) => [throughputAim, extraAim]),
  ).toEqual([
    ['met', 'missed'],
    ['met', 'missed'],
    ['met', ''],
    ['met', ''],
  ]);
  // From round to round on both sides of what is aimed at.
  const run = runWith(
    (round) => 1 / 0.9 + 0.03 * (round - 11),
    (round) => 20 + 3 * (round - 11),
  );
  expect(loopRows(run)[0]).toMatchObject({ throughputAim: 'not clear', extraAim: 'not clear' });
});

test('a run without the loop, or with too few rounds, has no rows', () => {
  const without = recorded.series.filter(({ variant }) => variant !== 'bare-sendfile');
  expect(loopRows({ ...recorded, series: without })).toEqual([]);
  const short = recorded.series.map((one) => ({ ...one, samples: one.samples.slice(0, 3) }));
  expect(loopRows({ ...recorded, series: short })).toEqual([]);
});
