/**
 * `npm run prove:statistics`: 200 runs that compare a technique with itself, 40 that compare it with one that moves 10 %
 * more bytes, and how many of them claim a difference. Options: --share, --seed, --small, --work, --record FILE.
 *
 * Every run is one as a reader has it: a session with processes, connections and a file of its own, rounds in an order
 * of their own, one comparison at 95 %. The processes are started anew because two processes can differ for as long
 * as they live (where their memory lies, what was compiled): runs that shared them would not be 200 tries but one.
 */
import { fileURLToPath } from 'node:url';
import { randomFrom, shuffled } from '#measure/random.ts';
import { withSession } from '#measure/session.ts';
import { bar, type ProveStatistics, type StatisticsRun, statisticsSummary } from '#model/prove.ts';
import type { TimeResult, TimeSeries } from '#model/result.ts';
import { claimsDifference, compare, measureOf } from '#model/statistics.ts';
import { type Asked, partOf, proveProgram } from './program.ts';
import { amount, comparing, PLANTED_SHARE } from './same-lab.ts';

const labFile = fileURLToPath(new URL('./same-lab.ts', import.meta.url));
/** Bytes of a transfer with --small. */
const SMALL_BYTES = 2 * 2 ** 20;
const MEASURE = 'totalCpuNs';
const CONFIDENCE = 0.95;
/** Runs between two lines of progress. */
const TOLD_EVERY = 20;

if (import.meta.main) await proveProgram('statistics', proveStatistics, statisticsSummary);

/** Runs the series; runs of both kinds are mixed in seeded order. */
export async function proveStatistics(asked: Asked): Promise<ProveStatistics> {
  const { share, seed, small } = asked;
  const startedAt = new Date();
  const random = randomFrom(seed);
  const order = shuffled(
    [
      ...Array<'same'>(partOf(bar.statistics.same, share)).fill('same'),
      ...Array<'planted'>(partOf(bar.statistics.planted, share)).fill('planted'),
    ],
    random,
  );
  const bytes = small ? SMALL_BYTES : amount.bytes;
  const runs: StatisticsRun[] = [];
  let last: TimeResult | undefined;
  for (const [at, variant] of order.entries()) {
    last = await oneRun(variant, bytes, Math.floor(random() * 2 ** 32), asked);
    runs.push(runFrom(last, variant, at));
    if ((at + 1) % TOLD_EVERY === 0 || at + 1 === order.length) asked.say(progressText(runs, order.length));
  }
  return {
    kind: 'prove-statistics',
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    durationNs: (Date.now() - startedAt.getTime()) * 1e6,
    seed,
    share,
    small,
    environment: (last as TimeResult).environment,
    parameters: {
      technique: 'read-write',
      link: amount.links[0] as string,
      chunk: amount.chunks[0] as number,
      bytes,
      plantedShare: PLANTED_SHARE,
      rounds: amount.rounds,
      measure: MEASURE,
      confidence: CONFIDENCE,
    },
    runs,
  };
}

/** One measured run with one comparison, the way ./zc run makes one. */
function oneRun(
  variant: 'same' | 'planted',
  bytes: number,
  seed: number,
  { work, signal }: Asked,
): Promise<TimeResult> {
  const lab = comparing(variant);
  const request = { mode: 'quick', rounds: null, bytes, receiver: 'copy', seed } as const;
  const progress = () => {};
  return withSession(
    { request, labFile, work, diskBytes: bytes, progress, signal },
    async (session) => (await lab.run(lab, session)) as TimeResult,
  );
}

/** What is kept of a run, and its estimate. @throws {Error} when the run gave none */
export function runFrom(result: TimeResult, variant: 'same' | 'planted', order: number): StatisticsRun {
  const of = (role: TimeSeries['role']) => result.series.find((series) => series.role === role) as TimeSeries;
  const estimate = compare(result, of('variant'), MEASURE, CONFIDENCE);
  if (estimate.state !== 'estimate') throw new Error(`Cannot judge run ${order}: ${estimate.state}`);
  const bytesOf = (role: TimeSeries['role']) => of(role).samples[0]?.bytes ?? 0;
  const cpuOf = (role: TimeSeries['role']) =>
    of(role)
      .samples.toSorted((a, b) => a.round - b.round)
      .map((sample) => measureOf(sample, MEASURE));
  return {
    order,
    variant,
    seed: result.seed,
    bytes: { baseline: bytesOf('baseline'), repeat: bytesOf('repeat'), variant: bytesOf('variant') },
    totalCpuNs: { baseline: cpuOf('baseline'), repeat: cpuOf('repeat'), variant: cpuOf('variant') },
    ratio: estimate.ratio,
    low: estimate.low,
    high: estimate.high,
  };
}

function progressText(runs: readonly StatisticsRun[], all: number): string {
  const claims = (variant: StatisticsRun['variant']) => {
    const those = runs.filter((run) => run.variant === variant);
    return `${those.filter(claimsDifference).length} of ${those.length} ${variant}`;
  };
  return `${runs.length} of ${all} runs; a difference claimed by ${claims('same')}, ${claims('planted')}`;
}
