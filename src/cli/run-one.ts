/** One run of one lab, here or in the guest: measured, stored, reported. */
import { randomInt } from 'node:crypto';
import type { Descriptor } from '#libc';
import { holdMachine } from '#machine/lock.ts';
import { storeResult } from '#machine/result-store.ts';
import { chooseWorkFolder } from '#machine/work-folder.ts';
import type { Lab } from '#measure/lab.ts';
import type { Mode, Request } from '#measure/request.ts';
import { withSession } from '#measure/session.ts';
import { type LabResult, labResultSchema } from '#model/result.ts';
import { formatBytes } from '#model/words/units.ts';
import type { GuestOptions } from './guest-session.ts';
import { progressOn } from './progress.ts';
import { renderReport } from './report/index.ts';
import { reportOptions } from './report-options.ts';
import { measureInGuest } from './run-guest.ts';

export interface RunOptions extends GuestOptions {
  all?: boolean;
  quick?: boolean;
  full?: boolean;
  size?: number;
  rounds?: number;
  receiver?: 'copy' | 'discard';
  seed?: number;
  out?: string;
  verbose?: boolean;
  json?: boolean;
  guest?: boolean;
  bootstrap?: { readonly host: string; readonly port: number };
  /** Whether others run at the same time, for all of whom the machine is held already. */
  beside?: boolean;
}

/** Runs one lab, stores its result and reports it, unless everything is to be one JSON document. */
export async function runOne(
  described: Lab,
  path: string,
  options: RunOptions,
  signal: AbortSignal,
): Promise<LabResult> {
  const lab = options.bootstrap ? { ...described, ...described.cluster } : described;
  const request = requestFrom(options);
  using _ = options.beside ? null : await hold(`./zc run ${lab.id}`, lab.id, signal);
  const result = options.guest
    ? await measureInGuest(lab, request, options, signal)
    : await measureHere(lab, path, request, options, signal);
  const kept = keep(result, options);
  if (!options.json) {
    process.stdout.write(`${renderReport(result, lab, reportOptions(options.verbose === true))}\n`);
    process.stderr.write(`${kept}\n`);
  }
  return result;
}

/** Stores a result, and says where. What a cluster of the reader's answered is no result of this machine, by which claims are judged. */
function keep(result: LabResult, { out, work, bootstrap }: RunOptions): string {
  if (bootstrap && out === undefined) return 'This is not kept among the results of this machine: --out FILE keeps it';
  const stored = storeResult(result, out, chooseWorkFolder(work, 0).path);
  return `Every sample is in ${stored.path}${stored.instead ? ` (${stored.instead})` : ''}`;
}

/** Runs a lab in processes of this machine. */
async function measureHere(
  lab: Lab,
  path: string,
  request: Request,
  { work, beside = false }: RunOptions,
  signal: AbortSignal,
): Promise<LabResult> {
  const cost = lab.cost[request.mode];
  const diskBytes = request.bytes ?? cost.diskBytes;
  process.stderr.write(
    `${lab.id}: about ${cost.seconds} s, ${formatBytes(diskBytes)} on disk, ${formatBytes(cost.memoryBytes)} of memory\n`,
  );
  const progress = progressOn(process.stderr, lab.id, !beside);
  const result = await withSession({ request, labFile: path, work, diskBytes, progress, signal }, (session) =>
    lab.run(lab, session),
  );
  return labResultSchema.parse(result);
}

/** The measuring lock, with a sentence when another run has it. */
export async function hold(command: string, name: string, signal: AbortSignal): Promise<Descriptor | null> {
  return await holdMachine(
    command,
    (holder) => process.stderr.write(`${name}: waiting for another run on this machine to end (${holder})\n`),
    signal,
  ).catch((error) => {
    throw signal.aborted ? signal.reason : error;
  });
}

function requestFrom(options: RunOptions): Request {
  return {
    mode: modeOf(options),
    rounds: options.rounds ?? null,
    bytes: options.size ?? null,
    receiver: options.receiver ?? 'copy',
    seed: options.seed ?? randomInt(2 ** 32 - 1),
    ...(options.bootstrap ? { bootstrap: options.bootstrap } : {}),
  };
}

/** How much the reader asked for. */
export function modeOf({ quick, full }: Pick<RunOptions, 'quick' | 'full'>): Mode {
  return quick ? 'quick' : full ? 'full' : 'default';
}
