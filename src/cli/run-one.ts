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
  /** Whether others run at the same time, for all of whom the machine is held already. */
  beside?: boolean;
}

/** Runs one lab, stores its result and reports it, unless everything is to be one JSON document. */
export async function runOne(lab: Lab, path: string, options: RunOptions, signal: AbortSignal): Promise<LabResult> {
  const request = requestFrom(options);
  using _ = options.beside ? null : await hold(`./zc run ${lab.id}`, lab.id, signal);
  const result = options.guest
    ? await measureInGuest(lab, request, options, signal)
    : await measureHere(lab, path, request, options, signal);
  const stored = storeResult(result, options.out, chooseWorkFolder(options.work, 0).path);
  if (!options.json) {
    process.stdout.write(`${renderReport(result, lab, reportOptions(options.verbose === true))}\n`);
    const instead = stored.instead ? ` (${stored.instead})` : '';
    process.stderr.write(`Every sample is in ${stored.path}${instead}\n`);
  }
  return result;
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
  const mode: Mode = options.quick ? 'quick' : options.full ? 'full' : 'default';
  return {
    mode,
    rounds: options.rounds ?? null,
    bytes: options.size ?? null,
    receiver: options.receiver ?? 'copy',
    seed: options.seed ?? randomInt(2 ** 32 - 1),
  };
}
