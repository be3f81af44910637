/**
 * `npm run prove:kill`: interrupts runs of two labs, or kills their main process alone, at 100 random moments, and looks
 * two seconds later for processes, sockets and files of them. Options: --share, --seed, --small, --record FILE.
 */
import { tmpdir } from 'node:os';
import { environment, placement } from '#machine/environment.ts';
import { chooseWorkFolder } from '#machine/work-folder.ts';
import { randomFrom, shuffled } from '#measure/random.ts';
import { bar, type KillRun, killSummary, type ProveKill } from '#model/prove.ts';
import { type Blow, killOnce, undisturbed, WAIT_MS } from './kill-case.ts';
import { type Asked, partOf, proveProgram } from './program.ts';

const commands = ['run file-to-socket --quick', 'run shared-pages --rounds 40'];
/** The same, shorter. */
const smallCommands = ['run file-to-socket --quick --size 8MiB', 'run shared-pages --rounds 10'];
/** Moments drawn for one run before it is given up: the command has become much shorter than it was. */
const MOST_MISSES = 20;
/** Runs between two lines of progress. */
const TOLD_EVERY = 10;

if (import.meta.main) await proveProgram('kill', proveKill, killSummary);

/** Runs the series. */
export function proveKill(asked: Asked): Promise<ProveKill> {
  const all = asked.small ? smallCommands : commands;
  return killSeries('prove-kill', all, plansFor(all, partOf(bar.kill.runs, asked.share)), asked);
}

/** Runs each command once undisturbed, then all that is planned, in a random order and at random moments. */
export async function killSeries(
  kind: ProveKill['kind'],
  all: readonly string[],
  plans: readonly Omit<Blow, 'momentMs'>[],
  { share, seed, small, signal, say }: Asked,
): Promise<ProveKill> {
  const startedAt = new Date();
  const random = randomFrom(seed);
  const lengthMs: Record<string, number> = {};
  for (const command of all) {
    lengthMs[command] = await undisturbed(command, signal);
    say(`./zc ${command} takes ${Math.round(lengthMs[command])} ms`);
  }
  const runs: KillRun[] = [];
  let missed = 0;
  for (const plan of shuffled(plans, random)) {
    for (let tries = 0; ; tries++) {
      if (tries === MOST_MISSES) throw new Error(`Cannot interrupt ./zc ${plan.command}: it always ends before`);
      const momentMs = random() * (lengthMs[plan.command] as number);
      const run = await killOnce({ ...plan, momentMs }, signal);
      if (run) {
        runs.push({ order: runs.length, ...run });
        break;
      }
      missed++;
    }
    tell(runs, say);
  }
  return {
    kind,
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    durationNs: (Date.now() - startedAt.getTime()) * 1e6,
    seed,
    share,
    small,
    // The runs have their folders there.
    environment: environment(chooseWorkFolder(tmpdir(), 0), placement()),
    parameters: { waitMs: WAIT_MS, lengthMs, missed },
    runs,
  };
}

/** As many interrupted as killed, every command as often; every other interruption goes to the whole group. */
export function plansFor(all: readonly string[], count: number): Omit<Blow, 'momentMs'>[] {
  return Array.from({ length: count }, (_, at) => {
    const command = all[Math.floor(at / 2) % all.length] as string;
    if (at % 2 === 0) return { command, signal: 'SIGKILL', to: 'process' };
    const turn = Math.floor(at / 2 / all.length);
    return { command, signal: 'SIGINT', to: turn % 2 === 0 ? 'group' : 'process' };
  });
}

function tell(runs: readonly KillRun[], say: (line: string) => void): void {
  const last = runs.at(-1) as KillRun;
  for (const fault of last.faults) {
    say(`./zc ${last.command}, ${last.signal} after ${Math.round(last.momentMs)} ms: ${fault}`);
  }
  if (runs.length % TOLD_EVERY === 0) {
    say(`${runs.length} runs; ${runs.filter(({ faults }) => faults.length === 0).length} left nothing`);
  }
}
