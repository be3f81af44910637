import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProveLearn } from '#model/prove.ts';
import { lostFaults, sessionFaults } from './learn-case.ts';
import { LearnHome } from './learn-home.ts';
import { runSeries } from './run-series.ts';

describe('a tenth of npm run prove:learn', () => {
  let series: ReturnType<typeof runSeries>;
  beforeAll(() => {
    series = runSeries('learn', ['--share', '0.1']);
  }, 300_000);
  afterAll(() => series.remove());

  it('loses nothing that was checked or saved under watch', () => {
    expect({ status: series.status, stderr: series.stderr }).toMatchObject({ status: 0 });
    const { runs } = series.result as ProveLearn;
    expect(runs.map(({ faults }) => faults)).toEqual([[], []]);
    for (const { saves, checked, snapshots } of runs) {
      expect([saves > 0, checked <= saves]).toEqual([true, true]);
      // The solution that passed, and at least everything that was checked.
      expect(snapshots).toBeGreaterThan(checked);
    }
  });
});

describe('sessionFaults()', () => {
  it('finds a stack, and nothing in words', () => {
    expect(sessionFaults('NOT YET  It threw (line 3)\nat last\n')).toEqual([]);
    expect(sessionFaults('Error: x\n    at run (a.ts:1:2)\n')).toHaveLength(1);
  });
});

describe('lostFaults()', () => {
  it('finds a check that was not kept, a file that nobody saved, and a pass that is gone', () => {
    using home = new LearnHome(null);
    writeFileSync(home.file, 'half of a fi');
    const saves = [
      { text: 'checked', marker: 'one', checked: true },
      { text: 'only saved', marker: 'two', checked: false },
    ];
    expect(lostFaults(home, saves)).toEqual([
      'What was checked is not kept: one',
      expect.stringContaining('holds what nobody saved: "half of a fi"'),
      expect.stringContaining('The pass is lost'),
    ]);
  });
});
