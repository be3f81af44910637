/** `./zc run LAB --guest`: the same command, run by the same program in the guest, and its result taken over here. */
import { hostname } from 'node:os';
import type { Outcome } from '#guest/channel.ts';
import { GuestBroke } from '#guest/guest-broke.ts';
import { commit } from '#machine/commit.ts';
import type { Lab } from '#measure/lab.ts';
import type { Request } from '#measure/request.ts';
import type { LabResult } from '#model/result.ts';
import { readResult } from '#model/upgrade.ts';
import { LabFailed, UsageError } from './exit.ts';
import { type GuestOptions, guestEnvironment, withGuest } from './guest-session.ts';

/** A lab with a clock says nothing in a guest. @throws {UsageError} */
export function refuseClock({ id, kind }: Pick<Lab, 'id' | 'kind'>): void {
  if (kind !== 'time') return;
  throw new UsageError(
    `Cannot run ${id} with --guest: it measures times, and in a guest times mean nothing; run it without --guest`,
  );
}

/**
 * Runs one lab in the guest.
 * @throws {LabFailed} when the lab ended there with another exit code than 0
 */
export async function measureInGuest(
  lab: Lab,
  request: Request,
  options: GuestOptions,
  signal: AbortSignal,
): Promise<LabResult> {
  process.stderr.write(
    `${lab.id}: in a guest: a small Linux under QEMU, where what is counted counts and no time does\n`,
  );
  let complaint: string | null = null;
  const hear = (line: string): void => {
    const own = line.startsWith(`${lab.id}: `) ? line : `${lab.id}: ${line}`;
    // Its last sentence becomes ours.
    if (line.startsWith('zc: ')) complaint = line.slice('zc: '.length);
    else process.stderr.write(`${own}\n`);
  };
  return await withGuest(options, lab.guest, signal, hear, async ({ supplies, description, run }) => {
    const env = {
      ...guestEnvironment,
      ZC_GUEST: description,
      ZC_MACHINE: process.env.ZC_MACHINE || hostname(),
      ZC_COMMIT: commit() ?? '',
    };
    const { kernel } = supplies;
    const command = { words: ['./zc', ...wordsFor(lab.id, request)], env };
    let outcome = await run(command);
    if (crashes.has(outcome.exitCode)) {
      process.stderr.write(`${lab.id}: Node crashed in the emulated machine (${outcome.exitCode}); once more\n`);
      outcome = await run(command);
    }
    const result = resultOf(outcome, lab.id, complaint);
    const parameters = { ...result.parameters, guestKernel: kernel.release, guestKernelSha256: kernel.sha256 };
    return { ...result, parameters };
  });
}

/** SIGILL, SIGABRT and SIGSEGV as a shell says them: compiled code and an emulator with two processors do not always agree. */
const crashes: ReadonlySet<number> = new Set([132, 134, 139]);

/** The command line that asks the program in the guest for the same. */
export function wordsFor(lab: string, { mode, rounds, bytes, receiver, seed }: Request): string[] {
  return [
    ...['run', lab, '--json', '--seed', String(seed), '--receiver', receiver],
    ...(mode === 'default' ? [] : [`--${mode}`]),
    ...(rounds === null ? [] : ['--rounds', String(rounds)]),
    ...(bytes === null ? [] : ['--size', String(bytes)]),
  ];
}

/** @throws {LabFailed} @throws {GuestBroke} for something else than a result of this lab */
export function resultOf({ exitCode, stdout }: Outcome, lab: string, complaint: string | null): LabResult {
  if (exitCode !== 0) {
    throw new LabFailed(
      `${lab} ended in the guest with exit code ${exitCode}${complaint ? `: ${complaint}` : ''}`,
      exitCode,
    );
  }
  let result: LabResult;
  try {
    result = readResult(JSON.parse(stdout.toString('utf8')));
  } catch (error) {
    throw new GuestBroke(`The guest handed out no result of ${lab}: ${(error as Error).message}`, { cause: error });
  }
  if (result.lab === lab && result.environment.guest !== null) return result;
  const found = result.lab === lab ? 'one that names no guest' : `one of '${result.lab}'`;
  throw new GuestBroke(`The guest handed out another result: expected one of '${lab}' in a guest, found ${found}`);
}
