/** Timed transfers: every sender over every link, interleaved, with the bytes checked at the far end first. */

import { cgroupLimits } from '#machine/cgroup.ts';
import { machineCpu } from '#machine/facts.ts';
import type { Link } from '#machine/links.ts';
import type { Factors, TimeResult, TimeSample, TimeSeries } from '#model/result.ts';
import { SCHEMA_VERSION } from '#model/result-version.ts';
import type { Lab } from './lab.ts';
import { machineSince, noteUse } from './machine-use.ts';
import type { Mode } from './request.ts';
import { type Cell, cellsOf, schedule, type Turn } from './schedule.ts';
import { affordable, type Session } from './session.ts';
import { slicedFile, slicesOf } from './sliced-file.ts';
import { type MadeFile, makeSourceFile, type Residence, residence, warm } from './source-file.ts';
import { openTransferPair, type TransferPair } from './transfer-pair.ts';
import { transferWarnings } from './transfer-warnings.ts';

/** How much a mode measures: links, buffer sizes, rounds and bytes of a transfer. Modes never change the method. */
export interface Amount {
  readonly links: readonly Link[];
  /** Buffer of the paths that have one, bytes. */
  readonly chunks: readonly number[];
  readonly rounds: number;
  readonly bytes: number;
  /** Beside every link with every chunk: factors with `headerBytes` and `offsetBytes`, for a file as a row of answers. */
  readonly settings?: readonly Factors[];
  /** Leaves variants out under some settings; never the baseline. */
  readonly skip?: (variant: string, factors: Factors) => boolean;
}

/** What must arrive of a cell. */
export type Arriving = (cell: Cell, file: MadeFile) => MadeFile;

/**
 * The `run` of a lab that times transfers.
 * @param arriving the file itself, unless a sender sends something else on purpose (test/prove/same-lab.ts)
 */
export function timeTransfers(amounts: Record<Mode, Amount>, arriving: Arriving = asItIs): Lab['run'] {
  return (lab, session) => run(lab, session, amounts[session.request.mode], arriving);
}

/** The file, or the answers that are made of it. */
function asItIs({ factors }: Cell, file: MadeFile): MadeFile {
  const slices = slicesOf(factors);
  return slices ? slicedFile(file, slices) : file;
}

async function run(lab: Lab, session: Session, amount: Amount, arriving: Arriving): Promise<TimeResult> {
  const { request, environment } = session;
  const bytes = affordable(request.bytes ?? amount.bytes, session.work);
  const rounds = request.rounds ?? amount.rounds;
  const factorSets = amount.links.flatMap((link) => amount.chunks.map((chunk): Factors => ({ link, chunk })));
  const cells = cellsOf(Object.keys(lab.variants), lab.baseline, [...factorSets, ...(amount.settings ?? [])]).filter(
    ({ variant, factors }) => !amount.skip?.(variant, factors),
  );
  const turns = schedule(cells, rounds, request.seed);
  const total = cells.length + turns.length;

  session.progress(0, total, 'making the file');
  const file = makeSourceFile(session.folder, bytes, request.seed);
  warm(file.path);
  const expected = new Map(cells.map((cell) => [cell, arriving(cell, file)]));
  const pair = await openTransferPair(session, file, amount.links, environment.tcp.congestionControlUsed ?? 'reno');

  const received: TimeResult['integrity']['received'] = [];
  for (const cell of cells.filter(({ role }) => role !== 'repeat')) {
    session.checkStopped();
    session.progress(received.length, total, 'checking the bytes');
    received.push(await verify(pair, cell, expected.get(cell) as MadeFile));
  }

  const series = new Map(
    cells.map((cell): [Cell, TimeSeries] => [cell, { ...cell, samples: [], machineCpuNs: null, stealNs: null }]),
  );
  // Looked at before every sample and after the last: a page that left memory in between was read from the disk.
  const residency: Residence[] = [];
  for (const turn of turns) {
    session.checkStopped();
    session.progress(cells.length + turn.order, total, 'measuring');
    residency.push(residence(file.path));
    await measure(
      pair,
      turn,
      expected.get(turn.cell) as MadeFile,
      request.receiver,
      series.get(turn.cell) as TimeSeries,
    );
  }
  residency.push(residence(file.path));
  const emptyCallNs = await pair.emptyCallNs();
  pair.end();
  session.progress(total, total, 'done');

  const result: TimeResult = {
    kind: 'time',
    schemaVersion: SCHEMA_VERSION,
    lab: lab.id,
    question: lab.question,
    startedAt: session.startedAt.toISOString(),
    durationNs: (Date.now() - session.startedAt.getTime()) * 1e6,
    parameters: { mode: request.mode, rounds, bytes, receiver: request.receiver, cache: 'warm' },
    environment,
    seed: request.seed,
    baseline: lab.baseline,
    series: [...series.values()],
    integrity: { algorithm: 'sha256', expected: file.sha256, received },
    cannotRun: [],
    warnings: [],
  };
  return { ...result, warnings: transferWarnings(result, session.work, residency, emptyCallNs) };
}

/** One untimed transfer, hashed at the far end. @throws {Error} when other bytes arrived than the file holds */
async function verify(
  pair: TransferPair,
  cell: Cell,
  file: MadeFile,
): Promise<TimeResult['integrity']['received'][number]> {
  const { receiver } = await pair.transfer(cell, 'hash');
  const { bytes, hash } = receiver;
  if (hash !== file.sha256) {
    throw new Error(
      `Cannot trust '${cell.variant}' over ${cell.factors.link}: ${file.bytes} bytes with sha256 ${file.sha256} were sent, ${bytes} bytes with ${hash} arrived`,
    );
  }
  const row = { variant: cell.variant, factors: cell.factors, bytes, hash };
  return slicesOf(cell.factors) ? { ...row, expected: file.sha256 } : row;
}

/** Takes one sample into its series. Nothing else happens in this process meanwhile. */
async function measure(
  pair: TransferPair,
  turn: Turn,
  file: MadeFile,
  how: 'copy' | 'discard',
  series: TimeSeries,
): Promise<void> {
  const limits = cgroupLimits();
  const throttledBefore = limits.throttled();
  const machineBefore = machineCpu();
  // AF_UNIX does not honour MSG_TRUNC: there, discarding is reading.
  const { sender, receiver } = await pair.transfer(turn.cell, turn.cell.factors.link === 'unix' ? 'copy' : how);
  const used = machineSince(machineBefore);
  if (receiver.bytes !== file.bytes) {
    throw new Error(`Cannot trust '${turn.cell.variant}': ${file.bytes} bytes were sent, ${receiver.bytes} arrived`);
  }
  const { startNs, cpuNs, ...counted } = sender;
  const sample: TimeSample = {
    round: turn.round,
    order: turn.order,
    wallNs: receiver.endNs - startNs,
    senderCpuNs: cpuNs,
    receiverCpuNs: receiver.cpuNs,
    bytes: receiver.bytes,
    ...counted,
    throttled: (limits.throttled() ?? 0) > (throttledBefore ?? 0),
    ...noteUse(series, used),
  };
  series.samples.push(sample);
}
