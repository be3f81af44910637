/** One transfer over a network that is the limit and over one that is not, with and without a neighbour on the sender's core. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Child } from '#machine/child.ts';
import type { CabledLink, LimitedLink, Link } from '#machine/links.ts';
import type { CannotRun, TimeResult } from '#model/result.ts';
import { openCabledPair } from './cabled-pair.ts';
import type { Crew } from './crew.ts';
import type { Lab } from './lab.ts';
import type { NeighbourQuestion } from './neighbour.ts';
import type { Mode } from './request.ts';
import { type Cell, cellsOf } from './schedule.ts';
import type { Session } from './session.ts';
import { affordable } from './session.ts';
import { type MadeFile, makeSourceFile, warm } from './source-file.ts';
import type { WorkerAnswer } from './task.ts';
import { timeCrew } from './tasks.ts';
import { openTransferPair, type TransferPair } from './transfer-pair.ts';

/** How much a mode measures. */
export interface RegimeAmount {
  readonly rounds: number;
  /** Payload of a transfer. */
  readonly bytes: number;
  /** Of one over a network with a limit, by the limit, where that is enough: the shorter, the less often another disturbs it. */
  readonly limitedBytes?: Readonly<Partial<Record<1 | 10, number>>>;
  /** Limits of the network in Gbit/s; null: none. */
  readonly limits: readonly (1 | 10 | null)[];
  /** Those of them at which no neighbour shares the core: over a slow network a transfer takes long. */
  readonly alone?: readonly (1 | 10 | null)[];
}

/** Buffer of the paths that have one, bytes. */
const CHUNK = 64 * 1024;
const DEADLINE_MS = 60_000;

/** The `run` of a lab with senders: over cables where this machine allows them, else over loopback with paced sockets. */
export function timeRegimes(amounts: Record<Mode, RegimeAmount>): Lab['run'] {
  return async (lab, session) => {
    const { request, environment, folder } = session;
    const amount = amounts[request.mode];
    const file = madeFile(session, folder, amount.bytes);
    const congestion = environment.tcp.congestionControlUsed ?? 'reno';
    const ground = await openGround(session, file, amount.limits, congestion);
    const settings = ground.links.flatMap((link, at) =>
      coresAt(amount, at).map((core) => ({ link, chunk: CHUNK, core })),
    );
    const timed = { rounds: amount.rounds, settings };
    const files = new Map(ground.links.map((link, at) => [link, fileAt(session, amount, at) ?? file]));
    const crew = new RegimeCrew(session, ground.pair, files);
    const run = timeCrew({ quick: timed, default: timed, full: timed }, () => crew);
    const result = (await run(lab, session)) as TimeResult;
    const cannotRun = [...result.cannotRun, ...ground.missing(lab)];
    return {
      ...result,
      parameters: { ...result.parameters, bytes: file.bytes, receiver: request.receiver },
      cannotRun,
    };
  };
}

function madeFile({ request, work }: Session, folder: string, bytes: number): MadeFile {
  const file = makeSourceFile(folder, affordable(request.bytes ?? bytes, work), request.seed);
  warm(file.path);
  return file;
}

/** The file for one of the limits, where it has one of its own. */
function fileAt(session: Session, { limits, limitedBytes = {} }: RegimeAmount, at: number): MadeFile | null {
  const limit = limits[at] as (typeof limits)[number];
  const bytes = limit === null ? undefined : limitedBytes[limit];
  if (bytes === undefined) return null;
  const folder = join(session.folder, `${limit}gbit`);
  mkdirSync(folder);
  return madeFile(session, folder, bytes);
}

/** Whose core the sender runs on at one of the limits. */
function coresAt({ limits, alone = [] }: RegimeAmount, at: number): readonly ('own' | 'shared')[] {
  return alone.includes(limits[at] as (typeof limits)[number]) ? ['own'] : ['own', 'shared'];
}

/** What the transfers go over. */
interface Ground {
  readonly pair: TransferPair;
  readonly links: readonly Link[];
  /** What could not be had, and stands as *cannot run here* in the result. */
  readonly missing: (lab: Lab) => CannotRun[];
}

async function openGround(
  session: Session,
  file: MadeFile,
  limits: RegimeAmount['limits'],
  congestion: string,
): Promise<Ground> {
  const cables = limits.map((limit): CabledLink => (limit === null ? 'veth' : `veth-${limit}gbit`));
  try {
    const pair = await openCabledPair(session, file, cables, congestion);
    return { pair, links: cables, missing: () => [] };
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    const links = limits.map((limit): LimitedLink | 'tcp' => (limit === null ? 'tcp' : `tcp-${limit}gbit`));
    const pair = await openTransferPair(session, file, links, congestion);
    const missing = ({ variants, baseline }: Lab) =>
      cellsOf(
        Object.keys(variants),
        baseline,
        cables.map((link) => ({ link, chunk: CHUNK })),
      )
        .filter(({ role }) => role !== 'repeat')
        .map(({ variant, factors }) => ({ variant, factors, why: error.code, args: { ...error.args } }));
    return { pair, links, missing };
  }
}

class RegimeCrew implements Crew {
  readonly #pair: TransferPair;
  readonly #files: ReadonlyMap<Link, MadeFile>;
  readonly #neighbour: Child;
  readonly #receiver: 'copy' | 'discard';
  readonly #verified = new Set<string>();

  constructor(session: Session, pair: TransferPair, files: ReadonlyMap<Link, MadeFile>) {
    this.#pair = pair;
    this.#files = files;
    this.#receiver = session.request.receiver;
    const program = new URL('./neighbour.ts', import.meta.url);
    this.#neighbour = session.startChild('neighbour', program, session.placement.sender);
  }

  async work(cell: Cell): Promise<WorkerAnswer> {
    const shared = cell.factors.core === 'shared';
    const file = this.#files.get(cell.factors.link as Link) as MadeFile;
    const name = JSON.stringify([cell.variant, cell.factors]);
    // The first transfer of each kind is not timed: its bytes are looked at.
    const how = this.#verified.has(name) ? this.#receiver : 'hash';
    this.#verified.add(name);
    if (shared) {
      this.#tell({ do: 'work' });
      await this.#neighbour.answer(DEADLINE_MS);
    }
    const { sender, receiver } = await this.#pair.transfer(cell, how, file);
    const { startNs, cpuNs, calls, ...usage } = sender;
    if (receiver.bytes !== file.bytes || (how === 'hash' && receiver.hash !== file.sha256)) {
      throw new Error(
        `Cannot trust '${cell.variant}' over ${cell.factors.link}: ${file.bytes} bytes with sha256 ${file.sha256} were sent, ${receiver.bytes} bytes with ${receiver.hash ?? 'no hash'} arrived`,
      );
    }
    const wallNs = receiver.endNs - startNs;
    const extra = {
      sentPerSecond: (receiver.bytes / wallNs) * 1e9,
      senderBusyShare: cpuNs / wallNs,
      ...(shared ? await this.#finished(startNs, receiver.endNs) : {}),
    };
    const work = { bytes: receiver.bytes, check: file.sha256, receiverCpuNs: receiver.cpuNs, extra };
    return { wallNs, cpuNs, ...usage, work: { ...work, ...(calls ? { calls } : {}) } };
  }

  emptyCallNs(): Promise<number> {
    return this.#pair.emptyCallNs();
  }

  end(): void {
    this.#pair.end();
    this.#neighbour.end();
  }

  /** What the neighbour got done while the file was on its way. */
  async #finished(fromNs: number, toNs: number) {
    this.#tell({ do: 'count', fromNs, toNs });
    // He answers twice: that he has stopped, and what was asked.
    await this.#neighbour.answer(DEADLINE_MS);
    const { operations } = await this.#neighbour.answer<{ operations: number }>(DEADLINE_MS);
    return { neighbourOperations: operations, neighbourPerSecond: (operations / (toNs - fromNs)) * 1e9 };
  }

  #tell(question: NeighbourQuestion): void {
    this.#neighbour.tell(question);
  }
}
