/** The `run` of a lab that counts the bytes the CPU copies in the kernel while a file goes to a socket. */

import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Lab } from '#measure/lab.ts';
import { type Cell, schedule } from '#measure/schedule.ts';
import type { Session } from '#measure/session.ts';
import { makeSourceFile, warm } from '#measure/source-file.ts';
import type { CannotRun, CountResult, CountSeries } from '#model/result.ts';
import { SCHEMA_VERSION } from '#model/result-version.ts';
import { warning } from '#model/words/warnings.ts';
import { startReceivers } from './connections.ts';
import { CountFailed } from './count-failed.ts';
import { type Block, ownTransfers } from './own-transfers.ts';
import { programTransfers } from './programs/program-transfers.ts';
import type { ServerProgram } from './programs/server-program.ts';
import type { Counted, CounterAnswer, SenderQuestion } from './protocol.ts';
import type { Stage } from './stage.ts';

export type { Block };

export interface CountPlan {
  readonly blocks: readonly Block[];
  /** Servers of somebody else's that send the file, by variant. */
  readonly programs?: Readonly<Record<string, ServerProgram>>;
  readonly rounds: number;
  /** Payload of a transfer. */
  readonly bytes: number;
  /** Buffer of the paths that have one, bytes. */
  readonly chunk: number;
}

/** No transfer comes near it, also in software emulation, milliseconds. */
const DEADLINE_MS = 60_000;

/** @param plans how much each mode counts; the method is the same */
export function countTransfers(plans: (lab: Lab, session: Session) => CountPlan): Lab['run'] {
  return (lab, session) => run(lab, session, plans(lab, session));
}

async function run(lab: Lab, session: Session, plan: CountPlan): Promise<CountResult> {
  const { request, environment } = session;
  const bytes = request.bytes ?? plan.bytes;
  const rounds = request.rounds ?? plan.rounds;

  session.progress(0, 1, 'finding what this kernel lets us watch');
  const sender = session.startChild('sender', new URL('./sender.ts', import.meta.url), session.placement.sender);
  const receivers = startReceivers(session);
  const open: SenderQuestion = { do: 'open-counter' };
  const counter = await sender.ask<CounterAnswer>(open, DEADLINE_MS);
  if ('refusal' in counter) throw new CannotRunHere(counter.refusal.why, { ...counter.refusal.args });

  const file = makeSourceFile(session.folder, bytes, request.seed);
  warm(file.path);
  const stages = [
    await ownTransfers(lab, plan.blocks, { session, sender, receivers, file, chunk: plan.chunk }),
    programTransfers(plan.programs ?? {}, { session, counting: sender, file }),
  ];
  const stageOf = new Map(stages.flatMap((stage) => stage.cells.map((cell): [Cell, Stage] => [cell, stage])));
  const cells = [...stageOf.keys()];
  const turns = schedule(cells, rounds, request.seed);
  const total = cells.length + turns.length;

  const cannotRun: CannotRun[] = [];
  const possible = new Set(cells);
  for (const [done, cell] of cells.entries()) {
    session.checkStopped();
    session.progress(done, total, 'checking the bytes');
    const refusal = await (stageOf.get(cell) as Stage).check(cell);
    if (refusal === null) continue;
    possible.delete(cell);
    cannotRun.push({ variant: cell.variant, factors: cell.factors, ...refusal });
  }

  const series = new Map([...possible].map((cell): [Cell, CountSeries] => [cell, { ...cell, samples: [] }]));
  for (const turn of turns.filter(({ cell }) => possible.has(cell))) {
    session.checkStopped();
    session.progress(cells.length + turn.order, total, 'counting');
    const counted = await countOnce(stageOf.get(turn.cell) as Stage, turn.cell);
    requireCrossCheck(counted, environment.guest);
    const { round, order } = turn;
    series.get(turn.cell)?.samples.push({ round, order, payloadBytes: bytes, ...counted });
  }
  sender.end();
  for (const stage of stages) await stage.end();
  session.progress(total, total, 'done');

  return {
    kind: 'count',
    schemaVersion: SCHEMA_VERSION,
    lab: lab.id,
    question: lab.question,
    startedAt: session.startedAt.toISOString(),
    parameters: {
      mode: request.mode,
      rounds,
      bytes,
      chunk: plan.chunk,
      watched: counter.watched.functions.join(' '),
      missing: counter.watched.missing.join(' '),
    },
    environment,
    seed: request.seed,
    baseline: lab.baseline,
    series: [...series.values()],
    cannotRun,
    // Written without such a machine: see watches.ts.
    warnings: process.arch === 'x64' ? [] : [warning('untried-architecture', { arch: process.arch })],
  };
}

/** Transfers tried for one sample, at most. */
const TRIES = 10;

/**
 * One counted transfer in which TCP sent every segment once. A machine that stops for a moment, or an emulated one, makes
 * it send some twice, and those are copied twice: that is another question.
 */
async function countOnce(stage: Stage, cell: Cell): Promise<Counted> {
  for (let retaken = 0; retaken < TRIES; retaken++) {
    const outcome = await stage.count(cell);
    if ('refusal' in outcome) throw new CannotRunHere(outcome.refusal.why, { ...outcome.refusal.args });
    if (outcome.retransmitted === 0) return { ...outcome.counted, ...(retaken > 0 ? { retaken } : {}) };
  }
  throw new CountFailed(
    `Cannot count '${cell.variant}' over ${cell.factors.link}: TCP sent segments twice in each of ${TRIES} transfers, so the machine is too busy; let it rest and run it again`,
  );
}

/** In the guest the CPU is told to have no FSRM, so the second count is always possible there. */
function requireCrossCheck({ crossCheck }: Counted, guest: string | null): void {
  if (guest === null || crossCheck?.state === 'agreed') return;
  throw new CountFailed(
    `Cannot trust the count: in the guest every count is made twice, and this one was not (${crossCheck?.why})`,
  );
}
