/** The `run` of a lab that counts the bytes the CPU copies in the kernel while a file goes to a socket. */

import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Child } from '#machine/child.ts';
import type { Lab } from '#measure/lab.ts';
import { type Cell, schedule } from '#measure/schedule.ts';
import type { Session } from '#measure/session.ts';
import { type MadeFile, makeSourceFile, warm } from '#measure/source-file.ts';
import type { CannotRun, CountResult, CountSeries, Factors } from '#model/result.ts';
import { SCHEMA_VERSION } from '#model/result.ts';
import { type Connections, type CountedLink, openConnections, startReceivers } from './connections.ts';
import type { Counted, CounterAnswer, Refusal, SendAnswer, SenderQuestion, TakeAnswer, Taking } from './protocol.ts';

/** Where the file lies: the work folder's file system, or the kernel's own tmpfs. */
export type FileSystem = 'work folder' | 'tmpfs';

/** Transfers to count: every variant named, over each link, taken in each way, from each file system. */
export interface Block {
  readonly variants: readonly string[];
  readonly links: readonly CountedLink[];
  readonly receivers: readonly Exclude<Taking, 'hash'>[];
  readonly fileSystems: readonly FileSystem[];
}

export interface CountPlan {
  readonly blocks: readonly Block[];
  readonly rounds: number;
  /** Payload of a transfer. */
  readonly bytes: number;
  /** Buffer of the paths that have one, bytes. */
  readonly chunk: number;
}

/** What was counted is no result: too little, twice, or not what the second count says. */
export class CountFailed extends Error {
  override name = 'CountFailed';
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
  const cells = cellsOf(lab, plan.blocks, session.work.fileSystem);
  const turns = schedule(cells, rounds, request.seed);
  const total = cells.length + turns.length;

  session.progress(0, total, 'finding what this kernel lets us watch');
  const sender = session.startChild('sender', new URL('./sender.ts', import.meta.url), session.placement.sender);
  const receivers = startReceivers(session);
  const open: SenderQuestion = { do: 'open-counter' };
  const counter = await sender.ask<CounterAnswer>(open, DEADLINE_MS);
  if ('refusal' in counter) throw new CannotRunHere(counter.refusal.why, { ...counter.refusal.args });

  const file = makeSourceFile(session.folder, bytes, request.seed);
  warm(file.path);
  const links = [...new Set(plan.blocks.flatMap((block) => block.links))];
  const connections = await openConnections(session, receivers, links);
  const pair: Pair = { session, sender, connections, file, chunk: plan.chunk };

  const cannotRun: CannotRun[] = [];
  const possible = new Set(cells);
  for (const [done, cell] of cells.entries()) {
    session.checkStopped();
    session.progress(done, total, 'checking the bytes');
    const refusal = connections.refused(cell.factors.link as CountedLink) ?? (await verify(pair, cell));
    if (refusal === null) continue;
    possible.delete(cell);
    cannotRun.push({ variant: cell.variant, factors: cell.factors, ...refusal });
  }

  const series = new Map([...possible].map((cell): [Cell, CountSeries] => [cell, { ...cell, samples: [] }]));
  for (const turn of turns.filter(({ cell }) => possible.has(cell))) {
    session.checkStopped();
    session.progress(cells.length + turn.order, total, 'counting');
    const counted = await countOnce(pair, turn.cell);
    requireCrossCheck(counted, environment.guest);
    const { round, order } = turn;
    series.get(turn.cell)?.samples.push({ round, order, payloadBytes: bytes, ...counted });
  }
  sender.end();
  connections.end();
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
    warnings: [],
  };
}

/** What one transfer needs. */
interface Pair {
  readonly session: Session;
  readonly sender: Child;
  readonly connections: Connections;
  readonly file: MadeFile;
  readonly chunk: number;
}

function cellsOf(lab: Lab, blocks: readonly Block[], workFileSystem: string): Cell[] {
  const cells = new Map<string, Cell>();
  for (const { variants, links, receivers, fileSystems } of blocks) {
    for (const link of links)
      for (const receiver of receivers)
        for (const where of fileSystems)
          for (const variant of variants) {
            const fileSystem = where === 'tmpfs' ? 'tmpfs' : workFileSystem;
            const factors: Factors = { link, receiver, fileSystem };
            const role = variant === lab.baseline ? 'baseline' : 'variant';
            cells.set(JSON.stringify([variant, factors]), { variant, role, factors });
          }
  }
  return [...cells.values()];
}

/** One transfer that is not counted, hashed at the far end. @throws {Error} when other bytes arrived than the file holds */
async function verify(pair: Pair, cell: Cell): Promise<Refusal | null> {
  const outcome = await transfer(pair, cell, 'hash', false);
  return 'why' in outcome ? outcome : null;
}

/** Transfers tried for one sample, at most. */
const TRIES = 10;

/**
 * One counted transfer in which TCP sent every segment once. A machine that stops for a moment, or an emulated one, makes
 * it send some twice, and those are copied twice: that is another question.
 */
async function countOnce(pair: Pair, cell: Cell): Promise<Counted> {
  for (let retaken = 0; retaken < TRIES; retaken++) {
    const outcome = await transfer(pair, cell, cell.factors.receiver as Taking, true);
    if ('why' in outcome) throw new CannotRunHere(outcome.why, { ...outcome.args });
    if (outcome.retransmitted === 0) return { ...outcome.counted, ...(retaken > 0 ? { retaken } : {}) };
  }
  throw new CountFailed(
    `Cannot count '${cell.variant}' over ${cell.factors.link}: TCP sent segments twice in each of ${TRIES} transfers, so the machine is too busy; let it rest and run it again`,
  );
}

async function transfer(
  pair: Pair,
  cell: Cell,
  how: Taking,
  count: boolean,
): Promise<Exclude<SendAnswer, { refusal: Refusal }> | Refusal> {
  const { session, sender, connections, file, chunk } = pair;
  const { receiver, name, address } = connections.to(cell.factors.link as CountedLink);
  const send: SenderQuestion = {
    do: 'send',
    lab: session.labFile,
    variant: cell.variant,
    address,
    congestion: session.environment.tcp.congestionControlUsed ?? 'reno',
    path: file.path,
    bytes: file.bytes,
    chunk,
    tmpfs: cell.factors.fileSystem === 'tmpfs',
    receiver: count ? receiver.pid : null,
  };
  receiver.tell({ do: 'take', name, how, bytes: file.bytes });
  sender.tell(send);
  const [sent, taken] = await Promise.all([
    sender.answer<SendAnswer>(DEADLINE_MS),
    receiver.answer<TakeAnswer>(DEADLINE_MS),
  ]);
  if ('refusal' in sent) return sent.refusal;
  if (taken.bytes !== file.bytes || (how === 'hash' && taken.hash !== file.sha256)) {
    throw new Error(
      `Cannot trust '${cell.variant}' over ${cell.factors.link}: ${file.bytes} bytes were sent, ${taken.bytes} arrived${taken.hash ? ` with sha256 ${taken.hash} instead of ${file.sha256}` : ''}`,
    );
  }
  return sent;
}

/** In the guest the CPU is told to have no FSRM, so the second count is always possible there. */
function requireCrossCheck({ crossCheck }: Counted, guest: string | null): void {
  if (guest === null || crossCheck?.state === 'agreed') return;
  throw new CountFailed(
    `Cannot trust the count: in the guest every count is made twice, and this one was not (${crossCheck?.why})`,
  );
}
