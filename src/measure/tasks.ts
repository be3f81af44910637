/** Timed or counted work: every task under every setting, interleaved, its outcome checked against the others' first. */
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { CountSample } from '#model/count-sample.ts';
import type { CannotRun, CountSeries, Factors, TimeResult, TimeSample, TimeSeries } from '#model/result.ts';
import { SCHEMA_VERSION } from '#model/result-version.ts';
import type { Crew } from './crew.ts';
import type { Lab } from './lab.ts';
import type { Mode } from './request.ts';
import { type Cell, cellsOf, schedule } from './schedule.ts';
import type { Session } from './session.ts';
import { takeSample } from './take-sample.ts';
import { transferWarnings } from './transfer-warnings.ts';
import { Workers } from './workers.ts';

/** How much a mode measures. Modes never change the method. */
export interface TaskAmount {
  readonly rounds: number;
  /** The settings under which every variant works. */
  readonly settings: readonly Factors[];
  /** Leaves variants out under some settings; never the baseline. */
  readonly skip?: (variant: string, factors: Factors) => boolean;
}

export interface TaskOptions {
  /** Makes the files that the tasks work on, in the run's folder. */
  readonly prepare?: (session: Session, amount: TaskAmount) => void | Promise<void>;
  /** A process of its own for each sample: where memory that one leaves behind would spoil the next. */
  readonly freshProcess?: boolean;
  /** What starts the working process, found out by trying: ownNetwork(), say. @throws {CannotRunHere} */
  readonly launcher?: () => readonly string[];
  /** What the samples say of the cache, for the result's parameters. */
  readonly cache?: 'warm' | 'cold' | 'both';
}

/** The `run` of a lab whose variants are tasks and whose answer has a clock in it. */
export function timeTasks(amounts: Record<Mode, TaskAmount>, options: TaskOptions = {}): Lab['run'] {
  return (lab, session) => time(lab, session, amounts[session.request.mode], options);
}

/**
 * The same for a lab whose samples are taken by several processes together.
 * @param open starts them, when the files of `options.prepare` are there
 */
export function timeCrew(
  amounts: Record<Mode, TaskAmount>,
  open: OpenCrew,
  options: Omit<TaskOptions, 'freshProcess'> = {},
): Lab['run'] {
  return (lab, session) => time(lab, session, amounts[session.request.mode], options, open);
}

/** Puts the processes of a run together. */
export type OpenCrew = (lab: Lab, session: Session, amount: TaskAmount) => Crew | Promise<Crew>;

/** The `run` of a lab whose variants are tasks and whose answer is counted: the same, without any time in the result. */
export function countTasks(amounts: Record<Mode, TaskAmount>, options: TaskOptions = {}): Lab['run'] {
  return async (lab, session) => {
    const {
      durationNs: _,
      integrity: __,
      series,
      ...timed
    } = await time(lab, session, amounts[session.request.mode], options);
    const counted = series.map(({ machineCpuNs: _, stealNs: __, samples, ...one }): CountSeries => {
      return { ...one, samples: samples.map(countedOf) };
    });
    // Warnings about clocks have no place under what was counted.
    return { ...timed, kind: 'count', series: counted, warnings: [] };
  };
}

function countedOf(sample: TimeSample): CountSample {
  const { round, order, bytes, calls, minorFaults, majorFaults, voluntarySwitches, involuntarySwitches, extra } =
    sample;
  const usage = { minorFaults, majorFaults, voluntarySwitches, involuntarySwitches };
  return { round, order, payloadBytes: bytes, calls, ...usage, ...(extra ? { extra } : {}) };
}

async function time(
  lab: Lab,
  session: Session,
  amount: TaskAmount,
  options: TaskOptions,
  open: OpenCrew = workersFor(options),
): Promise<TimeResult> {
  const { request, environment } = session;
  const rounds = request.rounds ?? amount.rounds;
  const all = cellsOf(Object.keys(lab.variants), lab.baseline, amount.settings).filter(
    ({ variant, factors }) => !amount.skip?.(variant, factors),
  );
  session.progress(0, all.length, 'making the files');
  await options.prepare?.(session, amount);
  const crew = await open(lab, session, amount);

  const { able, cannotRun, received } = await tryEach(all, crew, session);
  const turns = schedule(able, rounds, request.seed);
  const total = all.length + turns.length;
  const series = new Map(
    able.map((cell): [Cell, TimeSeries] => [cell, { ...cell, samples: [], machineCpuNs: null, stealNs: null }]),
  );
  for (const turn of turns) {
    session.checkStopped();
    session.progress(all.length + turn.order, total, 'measuring');
    await takeSample(crew, turn.cell, turn, series.get(turn.cell) as TimeSeries);
  }
  const emptyCallNs = await crew.emptyCallNs();
  crew.end();
  session.progress(total, total, 'done');
  const result: TimeResult = {
    kind: 'time',
    schemaVersion: SCHEMA_VERSION,
    lab: lab.id,
    question: lab.question,
    startedAt: session.startedAt.toISOString(),
    durationNs: (Date.now() - session.startedAt.getTime()) * 1e6,
    parameters: { mode: request.mode, rounds, cache: options.cache ?? 'warm' },
    environment,
    seed: request.seed,
    baseline: lab.baseline,
    series: [...series.values()],
    integrity: { algorithm: 'check', expected: 'the same for all', received },
    cannotRun,
    warnings: [],
  };
  return { ...result, warnings: transferWarnings(result, session.work, [], emptyCallNs) };
}

const workersFor =
  ({ freshProcess, launcher }: TaskOptions): OpenCrew =>
  (lab, session) =>
    new Workers(lab, session, { fresh: freshProcess ?? false, launcher: launcher?.() ?? [] });

type Received = TimeResult['integrity']['received'];

/** One untimed sample of each cell: what cannot run here is found out, and what comes out is compared. */
async function tryEach(cells: readonly Cell[], crew: Crew, session: Session) {
  const cannotRun: CannotRun[] = [];
  const received: Received = [];
  const able: Cell[] = [];
  for (const [at, cell] of cells.entries()) {
    session.checkStopped();
    session.progress(at, cells.length, 'checking what comes out');
    const { variant, role, factors } = cell;
    const found = role === 'repeat' ? 'as-the-baseline' : await crew.work(cell, 0);
    if (found === 'as-the-baseline') {
      if (able.includes(cells[at - 1] as Cell)) able.push(cell);
    } else if ('cannotRun' in found) {
      cannotRun.push({ variant, factors, ...found.cannotRun });
    } else {
      able.push(cell);
      received.push({ variant, factors, bytes: found.work.bytes, hash: found.work.check });
    }
  }
  const [first] = cannotRun;
  if (able.length === 0 && first) throw new CannotRunHere(first.why, first.args);
  checkAgreement(received);
  return { able, cannotRun, received };
}

/** @throws {Error} when two variants did not come to the same outcome under the same factors */
function checkAgreement(received: Received): void {
  for (const [factors, rows] of Map.groupBy(received, (one) => JSON.stringify(one.factors))) {
    const [first] = rows as [Received[number]];
    const other = rows.find(({ hash }) => hash !== first.hash);
    if (other)
      throw new Error(
        `Cannot trust '${other.variant}' with ${factors}: it came to ${other.hash}, '${first.variant}' to ${first.hash}`,
      );
  }
}
