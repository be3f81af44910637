/** Counted transfers: calls, bytes a call, faults and switches of every sender. The `run` of a lab that counts calls. */
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Link } from '#machine/links.ts';
import type { Lab } from '#measure/lab.ts';
import type { Mode } from '#measure/request.ts';
import { type Cell, schedule, type Turn } from '#measure/schedule.ts';
import { affordable, type Session } from '#measure/session.ts';
import { type MadeFile, makeSourceFile, warm } from '#measure/source-file.ts';
import { openTransferPair, type TransferPair } from '#measure/transfer-pair.ts';
import type { CannotRun, CountResult, CountSeries } from '#model/result.ts';
import { SCHEMA_VERSION } from '#model/result-version.ts';
import type { Flow } from '#model/tally.ts';
import { attach } from './attach.ts';
import { findStrace } from './strace.ts';

/** Bytes asked for in one call; `whole`: as much as one call takes. */
export type Chunk = number | 'whole';

export interface CountPlan {
  readonly links: readonly Link[];
  /** Chunks by variant: a path without a buffer can be asked for everything at once. */
  readonly chunks: Readonly<Record<string, readonly Chunk[]>>;
  /** Bytes of a transfer by mode. */
  readonly bytes: Readonly<Record<Mode, number>>;
}

/** What only a trace knows of a transfer. */
type Traced = Pick<CountSeries['samples'][number], 'calls' | 'bytesByCall' | 'unaccountedBytes'>;

export function countCalls(plan: CountPlan): Lab['run'] {
  return async (lab, session) => await run(lab, session, plan);
}

async function run(lab: Lab, session: Session, plan: CountPlan): Promise<CountResult> {
  const { request, environment } = session;
  const bytes = affordable(request.bytes ?? plan.bytes[request.mode], session.work);
  const rounds = request.rounds ?? 1;
  const cells = cellsOf(lab, plan);
  const turns = schedule(cells, rounds, request.seed);
  const total = cells.length + turns.length;

  session.progress(0, total, 'making the file');
  const file = makeSourceFile(session.folder, bytes, request.seed);
  warm(file.path);
  const pair = await openTransferPair(session, file, plan.links, environment.tcp.congestionControlUsed ?? 'reno');
  const { traced, cannotRun } = await traceAll(lab, pair, cells, file, session, total);

  const series = new Map(cells.map((cell): [Cell, CountSeries] => [cell, { ...cell, samples: [] }]));
  for (const turn of turns) {
    session.checkStopped();
    session.progress(cells.length + turn.order, total, 'counting faults and switches');
    series.get(turn.cell)?.samples.push(await count(pair, turn, file, traced.get(turn.cell)));
  }
  pair.end();
  session.progress(total, total, 'done');

  return {
    kind: 'count',
    schemaVersion: SCHEMA_VERSION,
    lab: lab.id,
    question: lab.question,
    startedAt: session.startedAt.toISOString(),
    parameters: { mode: request.mode, rounds, bytes, traced: traced.size > 0 },
    environment,
    seed: request.seed,
    baseline: lab.baseline,
    series: [...series.values()],
    cannotRun,
    warnings: [],
  };
}

function cellsOf({ variants, baseline }: Lab, { links, chunks }: CountPlan): Cell[] {
  return links.flatMap((link) =>
    Object.keys(variants).flatMap((variant) =>
      (chunks[variant] ?? []).map((chunk): Cell => {
        const role = variant === baseline ? 'baseline' : 'variant';
        return { variant, role, factors: { link, chunk } };
      }),
    ),
  );
}

/** Each transfer once under strace, which also checks the bytes. Without strace it is an answer, and the lab goes on. */
async function traceAll(
  lab: Lab,
  pair: TransferPair,
  cells: readonly Cell[],
  file: MadeFile,
  session: Session,
  total: number,
): Promise<{ traced: Map<Cell, Traced>; cannotRun: CannotRun[] }> {
  const traced = new Map<Cell, Traced>();
  try {
    findStrace();
    const pid = await pair.allowTracing();
    for (const [at, cell] of cells.entries()) {
      session.checkStopped();
      session.progress(at, total, 'tracing calls');
      const attachment = await attach(pid, session.guard);
      const { receiver } = await pair.transfer(cell, 'hash').finally(() => attachment.stop());
      checkArrived(cell, file, receiver);
      const { flows } = await attachment.release();
      traced.set(
        cell,
        tracedOf(
          flows.filter((flow) => flow.file === file.path),
          file.bytes,
        ),
      );
    }
    return { traced, cannotRun: [] };
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    const { code: why, args } = error;
    // The techniques count their own calls; of a sender that is a function only a trace knows them.
    const unknown = Object.keys(lab.variants).filter((variant) => typeof lab.senders?.[variant] === 'function');
    const cannotRun = unknown.map((variant) => ({ variant, factors: {}, why, args: { ...args } }));
    return { traced, cannotRun };
  }
}

/** One connection carries one transfer; more than one flow, or none, is not what was asked for and stays unaccounted. */
function tracedOf(flows: readonly Flow[], payload: number): Traced {
  const [flow] = flows;
  if (!flow || flows.length > 1) return { calls: null, unaccountedBytes: payload };
  return {
    calls: { ...flow.calls },
    bytesByCall: { ...flow.bytesByCall },
    unaccountedBytes: Math.max(0, payload - flow.bytes),
  };
}

/** One transfer that nobody traces: what the kernel counted for the sending process. */
async function count(
  pair: TransferPair,
  { cell, round, order }: Turn,
  file: MadeFile,
  traced: Traced | undefined,
): Promise<CountSeries['samples'][number]> {
  const { sender, receiver } = await pair.transfer(cell, 'copy');
  if (receiver.bytes !== file.bytes)
    throw new Error(`Cannot trust '${cell.variant}': ${file.bytes} bytes were sent, ${receiver.bytes} arrived`);
  const { minorFaults, majorFaults, voluntarySwitches, involuntarySwitches } = sender;
  return {
    round,
    order,
    payloadBytes: receiver.bytes,
    calls: sender.calls,
    ...traced,
    minorFaults,
    majorFaults,
    voluntarySwitches,
    involuntarySwitches,
  };
}

function checkArrived({ variant }: Cell, file: MadeFile, arrived: { bytes: number; hash: string | null }): void {
  if (arrived.hash === file.sha256) return;
  const expected = `${file.bytes} bytes with sha256 ${file.sha256}`;
  throw new Error(`Cannot trust '${variant}': ${expected} were sent, ${arrived.bytes} with ${arrived.hash} arrived`);
}
