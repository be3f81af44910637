/**
 * `npm run prove:guest-kill`: kills the main process of a run in the guest, alone, at 20 random moments, and looks two
 * seconds later for processes, images and other files of it. Each run has a cache of its own, so that some moments fall
 * into the making of the root image. Options: --share, --seed, --record FILE.
 */
import { bar, killSummary, type ProveKill } from '#model/prove.ts';
import { killSeries, lengthsOf, readBegun } from './kill.ts';
import { type Asked, partOf, proveProgram } from './program.ts';

const command = 'run shared-pages --guest';

if (import.meta.main) await proveProgram('guest-kill', proveGuestKill, killSummary);

/** Runs the series. */
export async function proveGuestKill(asked: Asked): Promise<ProveKill> {
  const plan = { command, signal: 'SIGKILL', to: 'process' } as const;
  const plans = Array.from({ length: partOf(bar.guestKill.runs, asked.share) }, () => plan);
  const begun = readBegun(asked);
  const lengthMs = begun?.parameters.lengthMs ?? (await lengthsOf([command], asked));
  return await killSeries('prove-guest-kill', lengthMs, plans, { ...asked, begun });
}
