import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProveKill, proveKillSchema } from '#model/prove.ts';
import { killSeries, plansFor, readBegun } from './kill.ts';
import { type Ended, endingFaults } from './kill-case.ts';
import { isUnderWay, machineTraces, newTraces } from './machine-traces.ts';
import { runSeries } from './run-series.ts';

describe('a tenth of npm run prove:kill, with short runs', () => {
  let series: ReturnType<typeof runSeries>;
  beforeAll(() => {
    series = runSeries('kill', ['--share', '0.1', '--small']);
  }, 300_000);
  afterAll(() => series.remove());

  it('leaves nothing two seconds after each of ten kills and four interruptions', () => {
    expect({ status: series.status, stderr: series.stderr }).toMatchObject({ status: 0 });
    const { runs } = series.result as ProveKill;
    expect(runs.flatMap(({ faults }) => faults)).toEqual([]);
    expect(runs.map(({ signal }) => signal).sort()).toEqual([...Array(4).fill('SIGINT'), ...Array(10).fill('SIGKILL')]);
    for (const { signal, endedBy } of runs) if (signal === 'SIGKILL') expect(endedBy).toBe('SIGKILL');
    // The moments really fell into runs: there was something to clean up.
    expect(runs.some(({ had }) => had.processes > 1 && had.sockets > 0 && had.files > 0)).toBe(true);
    expect(series.stderr).toContain(
      'Two seconds later nothing was left of 4 of 4 after SIGINT and 10 of 10 after SIGKILL',
    );
  });
});

describe('a recorded series that is stopped', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kill-part-'));
  const part = join(folder, 'kill.json.part');
  const command = 'run shared-pages --rounds 10';
  const plans = plansFor([command], 2);
  const asked = (signal: AbortSignal) => {
    return { share: 0.02, seed: 7, small: true, part, work: undefined, signal, say: () => {} };
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('goes on after the run that was the last, with the moments that were drawn', async () => {
    const lengths = { [command]: 400 };
    const stop = new AbortController();
    const whole = await killSeries('prove-kill', lengths, plans, asked(stop.signal));
    const kept = proveKillSchema.parse(JSON.parse(readFileSync(part, 'utf8')));
    expect(kept.runs).toEqual(whole.runs);

    const begun = { ...whole, runs: whole.runs.slice(0, 1), durationNs: 5 };
    writeFileSync(part, JSON.stringify(begun));
    expect(readBegun(asked(stop.signal))).toEqual(begun);
    const continued = await killSeries('prove-kill', lengths, plans, { ...asked(stop.signal), seed: 8, begun });
    expect(continued).toMatchObject({ seed: 7, startedAt: whole.startedAt });
    expect(continued.runs[0]).toEqual(whole.runs[0]);
    const planned = ({ runs }: ProveKill) => runs.map(({ order, signal, to }) => ({ order, signal, to }));
    expect(planned(continued)).toEqual(planned(whole));
    expect(continued.durationNs).toBeGreaterThan(5);
  }, 60_000);

  it('is not continued as another', () => {
    expect(() => readBegun({ ...asked(new AbortController().signal), share: 1, small: false })).toThrow(
      "kill.json.part': it is a part of 0.02, small; remove it to begin again",
    );
    expect(readBegun({ ...asked(new AbortController().signal), part: null })).toBeNull();
  });
});

describe('plansFor()', () => {
  type Plan = ReturnType<typeof plansFor>[number];
  const count = (plans: Plan[], what: (plan: Plan) => string) => {
    const groups = Map.groupBy(plans, what);
    return Object.fromEntries([...groups].map(([name, those]) => [name, those.length]));
  };

  it('kills every command as often as the others, and interrupts some', () => {
    expect(count(plansFor(['a', 'b'], 100), ({ command, signal }) => `${command} ${signal}`)).toEqual({
      'a SIGINT': 20,
      'a SIGKILL': 50,
      'b SIGINT': 20,
      'b SIGKILL': 50,
    });
    expect(count(plansFor(['a', 'b'], 100), ({ signal, to }) => `${signal} ${to}`)).toEqual({
      'SIGKILL process': 100,
      'SIGINT group': 20,
      'SIGINT process': 20,
    });
  });
});

describe('newTraces()', () => {
  it('sees what was not there before, also when there is one more of the same', () => {
    const now = machineTraces();
    expect(newTraces(now)).toEqual([]);
    expect(newTraces(now.slice(1))).toEqual([now[0]]);
    expect(now).toContain('network device lo');
  });
});

describe('isUnderWay()', () => {
  it("takes the group of a run beside it for that run's own, and every other for a leftover", () => {
    expect(isUnderWay(`run-${process.pid}-0a1b`)).toBe(true);
    expect(isUnderWay('run-4194400-0a1b')).toBe(false);
    expect(isUnderWay('run-probe-0a1b')).toBe(false);
  });
});

describe('endingFaults()', () => {
  const nothing = { processes: [], sockets: [], files: [] };
  const begun = { ...nothing, files: ['work/run-1'] };
  const stopped = 'lab: about 1 s\n\nStopping …\nzc: Stopped. Nothing of the run is left.\n';
  const ended = (change: Partial<Ended>): Ended => ({ exitCode: null, endedBy: null, stderr: '', ...change });

  it.each([
    ['an interrupted run that says so', 'SIGINT', ended({ exitCode: 130, stderr: stopped }), begun],
    ['an interruption before the program began', 'SIGINT', ended({ endedBy: 'SIGINT' }), nothing],
    ['a killed run', 'SIGKILL', ended({ endedBy: 'SIGKILL' }), begun],
  ] as const)('accepts %s', (_, signal, how, seen) => {
    expect(endingFaults(signal, how, seen)).toEqual([]);
  });

  it.each([
    ['a run that goes on', 'SIGINT', null, begun, [/has not ended/]],
    ['another exit code', 'SIGINT', ended({ exitCode: 1, stderr: stopped }), begun, [/exit code 1 after SIGINT/]],
    ['silence', 'SIGINT', ended({ exitCode: 130 }), begun, [/expected one sentence/]],
    ['a bare death after it began', 'SIGINT', ended({ endedBy: 'SIGINT' }), begun, [/SIGINT after SIGINT/, /sentence/]],
    ['two sentences', 'SIGINT', ended({ exitCode: 130, stderr: `${stopped}zc: Oh.\n` }), begun, [/one sentence/]],
    ['a stack', 'SIGINT', ended({ exitCode: 130, stderr: `${stopped}    at run (a.ts:1:2)\n` }), begun, [/sentence/]],
    ['another sentence', 'SIGINT', ended({ exitCode: 130, stderr: 'zc: The sender ended.\n' }), begun, [/sentence/]],
    ['an end that is no kill', 'SIGKILL', ended({ exitCode: 0 }), begun, [/exit code 0 after SIGKILL/]],
  ] as const)('refuses %s', (_, signal, how, seen, faults) => {
    expect(endingFaults(signal, how, seen)).toEqual(faults.map((fault) => expect.stringMatching(fault)));
  });
});
