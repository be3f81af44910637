/**
 * `npm run prove:kill`: kills the main process of a run alone at 100 random moments, every lab as often as the others, and
 * interrupts 40 more; two seconds later it looks for processes, sockets, files, devices, mounts and groups of them. Labs
 * that cannot run here are named and left out. Options: --share, --seed, --small, --record FILE. A recorded series that is
 * stopped is continued by the same command: until it is whole, it stands in FILE.part.
 */
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { UsageError } from '#cli/exit.ts';
import { readCatalogue } from '#cli/read-catalogue.ts';
import { writeAtomically } from '#learn/atomic-file.ts';
import { environment, placement } from '#machine/environment.ts';
import { chooseWorkFolder } from '#machine/work-folder.ts';
import { randomFrom, shuffled } from '#measure/random.ts';
import { bar, type KillRun, killSummary, type ProveKill, proveKillSchema } from '#model/prove.ts';
import { type Blow, killOnce, undisturbed, WAIT_MS } from './kill-case.ts';
import { type Asked, partOf, proveProgram } from './program.ts';
import { proveText } from './prove-text.ts';

/** What a quick run of a lab is; the overwrite test takes no time in itself. */
const commandOf = (lab: string) => (lab === 'shared-pages' ? 'run shared-pages --rounds 40' : `run ${lab} --quick`);
/** Some of them, shorter. */
const smallCommands = [
  'run file-to-socket --quick --size 8MiB',
  'run shared-pages --rounds 10',
  'run scatter-gather --quick --rounds 3',
  'run splice-proxy --quick --rounds 3',
];
/** Moments drawn for one run before it is given up: the command has become much shorter than it was. */
const MOST_MISSES = 20;
/** Runs between two lines of progress. */
const TOLD_EVERY = 10;

if (import.meta.main) await proveProgram('kill', proveKill, killSummary);

/** Runs the series. */
export async function proveKill(asked: Asked): Promise<ProveKill> {
  const all = asked.small ? smallCommands : readCatalogue().map(({ id }) => commandOf(id));
  const begun = readBegun(asked);
  const lengthMs = begun?.parameters.lengthMs ?? (await lengthsOf(all, asked));
  const plans = plansFor(Object.keys(lengthMs), partOf(bar.kill.runs, asked.share));
  return await killSeries('prove-kill', lengthMs, plans, { ...asked, begun });
}

/** Runs each command once undisturbed. @returns how long it took by command, ms; those that cannot run here are left out */
export async function lengthsOf(all: readonly string[], { signal, say }: Asked): Promise<Record<string, number>> {
  const lengthMs: Record<string, number> = {};
  for (const command of all) {
    const length = await undisturbed(command, signal);
    if (length === null) {
      say(`./zc ${command} cannot run here, and is left out`);
      continue;
    }
    lengthMs[command] = length;
    say(`./zc ${command} takes ${Math.round(length)} ms`);
  }
  return lengthMs;
}

/** What there is of a recorded series that was stopped. */
export function readBegun({ part, share, small }: Asked): ProveKill | null {
  if (part === null || !existsSync(part)) return null;
  const begun = proveKillSchema.parse(JSON.parse(readFileSync(part, 'utf8')));
  if (begun.share === share && begun.small === small) return begun;
  throw new UsageError(
    `Cannot continue '${resolve(part)}': it is a part of ${begun.share}${begun.small ? ', small' : ''}; remove it to begin again`,
  );
}

/** Runs all that is planned, in a random order and at random moments. @param asked.begun what there is of it already */
export async function killSeries(
  kind: ProveKill['kind'],
  lengthMs: Readonly<Record<string, number>>,
  plans: readonly Omit<Blow, 'momentMs'>[],
  { share, small, signal, say, part, begun = null, seed: drawn }: Asked & { readonly begun?: ProveKill | null },
): Promise<ProveKill> {
  const seed = begun?.seed ?? drawn;
  const continuedAt = Date.now();
  const runs: KillRun[] = [...(begun?.runs ?? [])];
  let missed = begun?.parameters.missed ?? 0;
  const series = (): ProveKill => ({
    kind,
    schemaVersion: 1,
    startedAt: begun?.startedAt ?? new Date(continuedAt).toISOString(),
    durationNs: (begun?.durationNs ?? 0) + (Date.now() - continuedAt) * 1e6,
    seed,
    share,
    small,
    // The runs have their folders there.
    environment: begun?.environment ?? environment(chooseWorkFolder(tmpdir(), 0), placement()),
    parameters: { waitMs: WAIT_MS, lengthMs: { ...lengthMs }, missed },
    runs,
  });
  for (const plan of shuffled(plans, randomFrom(seed)).slice(runs.length)) {
    // Of its own for each run, so that a series that was stopped goes on as it would have.
    const random = randomFrom(seed + 1 + runs.length);
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
    if (part !== null) writeAtomically(part, proveText(series()));
  }
  return series();
}

/** Of the kills every command has as many; two interruptions come to five kills, and every other goes to the whole group. */
export function plansFor(all: readonly string[], kills: number): Omit<Blow, 'momentMs'>[] {
  const command = (at: number) => all[at % all.length] as string;
  return [
    ...Array.from({ length: kills }, (_, at) => {
      return { command: command(at), signal: 'SIGKILL', to: 'process' } as const;
    }),
    ...Array.from({ length: Math.round(kills * 0.4) }, (_, at) => {
      return { command: command(at), signal: 'SIGINT', to: at % 2 === 0 ? 'group' : 'process' } as const;
    }),
  ];
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
