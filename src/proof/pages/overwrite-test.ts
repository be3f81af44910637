/** The overwrite test over all paths, links and cross-checks: the `run` of a lab that proves whose pages were sent. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EINVAL, O_DIRECT, SyscallError } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Link } from '#machine/links.ts';
import { BadRequest, type Lab } from '#measure/lab.ts';
import { type Cell, cellsOf, schedule } from '#measure/schedule.ts';
import type { Session } from '#measure/session.ts';
import type { CannotRun, Factors, ProofResult, ProofSeries } from '#model/result.ts';
import { SCHEMA_VERSION } from '#model/result-version.ts';
import type { Technique } from '#transfer/mover.ts';
import { type Control, type Observation, overwriteOnce } from './overwrite.ts';

/** One path under test. */
export interface Suspect {
  readonly technique: Technique;
  /** The source is opened with O_DIRECT. */
  readonly direct?: true;
  /** A MSG_ZEROCOPY completion is to be read. */
  readonly completes?: true;
}

export interface OverwritePlan {
  readonly suspects: Readonly<Record<string, Suspect>>;
  readonly links: readonly Link[];
  /** Size of the file: small enough to be queued whole while nobody reads. */
  readonly bytes: number;
  readonly rounds: number;
}

const controls: readonly Control[] = ['none', 'receiver-drains-first', 'no-overwrite'];

/** A request may not ask for more than one socket queues while nobody reads: then the test could not be made. Bytes. */
export const LARGEST_OVERWRITE_BYTES = 128 * 1024;

export function overwriteTest(plan: OverwritePlan): Lab['run'] {
  return async (lab, session) => await run(lab, session, plan);
}

async function run(lab: Lab, session: Session, plan: OverwritePlan): Promise<ProofResult> {
  const { request, environment } = session;
  const bytes = request.bytes ?? plan.bytes;
  if (bytes > LARGEST_OVERWRITE_BYTES) {
    throw new BadRequest(
      `Cannot test ${bytes} bytes: at most ${LARGEST_OVERWRITE_BYTES} are queued while nobody reads`,
    );
  }
  const rounds = request.rounds ?? plan.rounds;
  const path = join(session.folder, 'source.bin');
  writeFileSync(path, Buffer.alloc(bytes));

  const factorSets = plan.links.flatMap((link) => controls.map((control): Factors => ({ link, control })));
  const cells = cellsOf(Object.keys(lab.variants), lab.baseline, factorSets).filter(({ role }) => role !== 'repeat');
  const series = new Map(cells.map((cell): [Cell, ProofSeries] => [cell, { ...cell, samples: [] }]));
  const refused = new Map<Cell, CannotRun>();
  const turns = schedule(cells, rounds, request.seed);
  for (const { cell, round, order } of turns) {
    session.checkStopped();
    session.progress(order, turns.length, 'overwriting');
    if (refused.has(cell)) continue;
    const observed = tryOnce(path, bytes, cell, plan, session);
    if ('why' in observed) refused.set(cell, observed);
    else series.get(cell)?.samples.push({ round, order, ...observed });
    // Signals and the parent's requests get a turn between cases.
    await new Promise(setImmediate);
  }
  session.progress(turns.length, turns.length, 'done');

  return {
    kind: 'proof',
    schemaVersion: SCHEMA_VERSION,
    lab: lab.id,
    question: lab.question,
    startedAt: session.startedAt.toISOString(),
    durationNs: (Date.now() - session.startedAt.getTime()) * 1e6,
    parameters: { mode: request.mode, rounds, bytes },
    environment,
    seed: request.seed,
    baseline: lab.baseline,
    series: [...series.values()].filter(({ samples }) => samples.length > 0),
    cannotRun: [...refused.values()],
    warnings: [],
  };
}

/** One case, or why this machine refuses it. */
function tryOnce(
  path: string,
  bytes: number,
  cell: Cell,
  plan: OverwritePlan,
  session: Session,
): Observation | CannotRun {
  const suspect = plan.suspects[cell.variant] as Suspect;
  try {
    return overwriteOnce(path, bytes, {
      technique: suspect.technique,
      openFlags: suspect.direct ? O_DIRECT : 0,
      completes: suspect.completes === true,
      link: cell.factors.link as Link,
      control: cell.factors.control as Control,
      congestion: session.environment.tcp.congestionControlUsed ?? 'reno',
    });
  } catch (error) {
    const { variant, factors } = cell;
    if (error instanceof CannotRunHere) return { variant, factors, why: error.code, args: { ...error.args } };
    // open(2) with O_DIRECT on a file system that has none, or a size that its blocks do not divide.
    if (suspect.direct && error instanceof SyscallError && error.errno === EINVAL) {
      const { fileSystem } = session.work;
      return {
        variant,
        factors,
        why: 'unsupported-file-system',
        args: { call: `${error.call}(O_DIRECT)`, fileSystem },
      };
    }
    throw error;
  }
}
