import { describe, expect, it } from 'vitest';
import {
  type KillRun,
  killSummary,
  type PagesCase,
  type ProveKill,
  type ProvePages,
  type ProveStatistics,
  pagesSummary,
  proveResultSchema,
  rightRounds,
  type StatisticsRun,
  statisticsSummary,
} from '#model/prove.ts';
import { environment } from '../fixtures/environment.ts';

const common = {
  schemaVersion: 1 as const,
  startedAt: '2026-11-21T10:00:00Z',
  durationNs: 42e9,
  seed: 1,
  share: 1,
  small: false,
  environment,
};

/** A series of so many runs of each kind, of which so many claim a difference, above or below 1. */
function statistics(same: number, claims: number, planted: number, found: number, below = 0): ProveStatistics {
  const run = (variant: StatisticsRun['variant'], at: number, low: number, high: number): StatisticsRun => ({
    order: at,
    variant,
    seed: at,
    bytes: { baseline: 100, repeat: 100, variant: 110 },
    totalCpuNs: { baseline: [1], repeat: [1], variant: [1] },
    ratio: (low + high) / 2,
    low,
    high,
  });
  const quiet: [number, number] = [0.9, 1.1];
  const claiming = (at: number): [number, number] => (at % 2 === 0 ? [1.01, 1.2] : [0.8, 0.99]);
  return {
    kind: 'prove-statistics',
    ...common,
    parameters: {
      technique: 'read-write',
      link: 'tcp',
      chunk: 65536,
      bytes: 100,
      plantedShare: 0.1,
      rounds: 7,
      measure: 'totalCpuNs',
      confidence: 0.95,
    },
    runs: [
      ...Array.from({ length: same }, (_, at) => run('same', at, ...(at < claims ? claiming(at) : quiet))),
      ...Array.from({ length: planted }, (_, at) => {
        if (at < found) return run('planted', at, 1.01, 1.2);
        return at < found + below ? run('planted', at, 0.8, 0.99) : run('planted', at, 0.99, 1.2);
      }),
    ],
  };
}

describe('statisticsSummary()', () => {
  it.each([
    [18, 32, true],
    [0, 40, true],
    [19, 40, false],
    [0, 31, false],
  ])('with %i false claims and %i finds: the bar is met: %s', (claims, found, held) => {
    expect(statisticsSummary(statistics(200, claims, 40, found))).toMatchObject({
      held,
      same: { runs: 200, claims },
      planted: { runs: 40, claims: found },
      text: `Of 200 runs of the same against the same, ${claims} claimed a difference; of 40 with 10 % more bytes planted, ${found} found it.`,
    });
  });

  it('does not count a planted difference as found on the wrong side', () => {
    expect(statisticsSummary(statistics(200, 0, 40, 31, 9))).toMatchObject({ held: false, planted: { claims: 31 } });
  });

  it.each([
    ['a part', { share: 0.1 }, statistics(20, 9, 4, 0)],
    ['small transfers', { small: true }, statistics(200, 99, 40, 0)],
    ['a series that is not complete', {}, statistics(199, 0, 40, 40)],
  ])('has no bar for %s', (_, change, series) => {
    expect(statisticsSummary({ ...series, ...change }).held).toBeNull();
  });
});

function kill(faults: readonly string[][], change: Partial<ProveKill> = {}): ProveKill {
  const runs = faults.map(
    (each, order): KillRun => ({
      order,
      command: 'run shared-pages',
      signal: order % 2 === 0 ? 'SIGINT' : 'SIGKILL',
      to: 'process',
      momentMs: 12.5,
      had: { processes: 2, sockets: 1, files: 2 },
      exitCode: order % 2 === 0 ? 130 : null,
      endedBy: order % 2 === 0 ? null : 'SIGKILL',
      faults: each,
    }),
  );
  return { kind: 'prove-kill', ...common, parameters: { waitMs: 2000, lengthMs: {}, missed: 0 }, runs, ...change };
}

describe('killSummary()', () => {
  it('counts the runs that left nothing, by signal', () => {
    const faults = Array.from({ length: 100 }, (_, at) =>
      at === 3 ? ['a file is left: x', 'process 7 is alive'] : [],
    );
    expect(killSummary(kill(faults))).toEqual({
      held: false,
      clean: 99,
      text: 'Two seconds later nothing was left of 50 of 50 after SIGINT and 49 of 50 after SIGKILL to the main process alone.',
    });
    const whole = Array.from({ length: 200 }, (): string[] => []);
    expect(killSummary(kill(whole)).held).toBe(true);
    expect(killSummary(kill(whole.slice(2))).held).toBeNull();
  });

  it('has a bar of its own for runs in the guest, and names only the signals that were sent', () => {
    const twenty = Array.from({ length: 20 }, (): string[] => []);
    expect(killSummary(kill(twenty)).held).toBeNull();
    expect(killSummary(kill([...twenty, ...twenty], { kind: 'prove-guest-kill' })).held).toBe(true);
    const { runs } = kill([[], []]);
    const killed = { ...kill([[]]), runs: runs.filter(({ signal }) => signal === 'SIGKILL') };
    expect(killSummary(killed).text).toBe(
      'Two seconds later nothing was left of 1 of 1 after SIGKILL to the main process alone.',
    );
  });

  it('is never met by a part, and failed by one run in it', () => {
    expect(killSummary(kill([[], []], { share: 0.1 })).held).toBeNull();
    expect(
      killSummary(
        kill(
          Array.from({ length: 200 }, () => []),
          { small: true },
        ),
      ).held,
    ).toBeNull();
    expect(killSummary(kill([[], ['x']], { share: 0.1 })).held).toBe(false);
  });
});

const answer = {
  sentBytes: 9,
  oldBytes: 0,
  newBytes: 9,
  otherBytes: 0,
  overwrittenBytes: 9,
  kernelSaysCopied: null,
};
const rounds = Array.from({ length: 50 }, (_, at) => at);
const right: PagesCase = {
  variant: 'sendfile',
  link: 'tcp',
  control: 'none',
  expected: answer,
  seen: [{ ...answer, rounds }],
};
const once = {
  ...right,
  seen: [
    { ...answer, rounds: rounds.slice(1) },
    { ...answer, newBytes: 8, oldBytes: 1, rounds: [0] },
  ],
};

function pages(cases: PagesCase[], change: Partial<ProvePages> = {}): ProvePages {
  const parameters = { bytes: 9, rounds: 50 };
  return { kind: 'prove-pages', ...common, parameters, cases, refused: [], faults: [], ...change };
}

describe('rightRounds()', () => {
  it('counts the rounds in which everything was as expected', () => {
    expect(rightRounds(right)).toBe(50);
    expect(rightRounds(once)).toBe(49);
    expect(rightRounds({ ...right, seen: [{ ...answer, kernelSaysCopied: true, rounds }] })).toBe(0);
  });
});

describe('pagesSummary()', () => {
  const control = { ...right, control: 'no-overwrite' };

  it('counts paths and controls', () => {
    expect(pagesSummary(pages([right, control]))).toEqual({
      held: true,
      text: '1 of 1 paths gave the right answer 50 times out of 50, and so did 1 of 1 controls.',
    });
  });

  it.each([
    ['a wrong sample', pages([once, control])],
    ['a wrong sample of a control', pages([right, { ...once, control: 'no-overwrite' }])],
    ['a fault', pages([right], { faults: ['splice: missing'] })],
    ['a wrong sample in a part', pages([once], { share: 0.1 })],
  ])('is not met with %s', (_, series) => {
    expect(pagesSummary(series).held).toBe(false);
  });

  it('has no bar for a part', () => {
    expect(pagesSummary(pages([right], { share: 0.5 })).held).toBeNull();
  });
});

describe('proveResultSchema', () => {
  const series = [statistics(2, 0, 1, 1), kill([[]]), pages([right])];

  it.each(series)('reads what was written: $kind', (result) => {
    expect(proveResultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  it.each(series)('refuses a field that does not belong there: $kind', (result) => {
    expect(proveResultSchema.safeParse({ ...result, colour: 'blue' }).success).toBe(false);
    expect(proveResultSchema.safeParse({ ...result, schemaVersion: 2 }).success).toBe(false);
  });
});
