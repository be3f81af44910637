/** `./zc doctor`: what this machine is, what it allows, and which labs it can run. Exit code 3 when it can run none. */
import { guestCache } from '#guest/cache.ts';
import { guestReadiness, type Readiness } from '#guest/readiness.ts';
import { environment, placement } from '#machine/environment.ts';
import { type Need, tryNeeds } from '#machine/needs.ts';
import { resultsFolder } from '#machine/result-store.ts';
import { chooseWorkFolder, type WorkFolder } from '#machine/work-folder.ts';
import type { CatalogueEntry } from '#model/catalogue.ts';
import type { Environment } from '#model/environment.ts';
import { needText } from '#model/words/needs.ts';
import { formatBytes } from '#model/words/units.ts';
import { tryCounting } from '#proof/copies/try-counting.ts';
import { ExitCode } from './exit.ts';
import { readCatalogue } from './read-catalogue.ts';

interface Diagnosis {
  readonly environment: Environment;
  readonly work: WorkFolder;
  readonly needs: readonly Need[];
  readonly guest: Readiness;
  /** `inGuest`: it runs with --guest only, because its kernel is needed. */
  readonly labs: readonly { id: string; runs: boolean; inGuest: boolean }[];
}

export function doctor(options: { work?: string; json?: boolean }): void {
  const found = diagnose(options.work);
  if (!found) {
    const { why, remedy } = needText({ why: 'not-linux', args: { platform: process.platform } });
    if (options.json) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, cannotRunHere: why })}\n`);
    else process.stdout.write(`No lab can run here: ${why}. ${remedy}\n`);
    process.exitCode = ExitCode.cannotRunHere;
    return;
  }
  process.stdout.write(options.json ? `${JSON.stringify({ schemaVersion: 1, ...found }, null, 1)}\n` : text(found));
  if (!found.labs.some(({ runs }) => runs)) process.exitCode = ExitCode.cannotRunHere;
}

/** Null off Linux, where there is nothing to find out. @throws {NoWorkFolder} */
function diagnose(asked: string | undefined): Diagnosis | null {
  if (process.platform !== 'linux') return null;
  const work = chooseWorkFolder(asked, 0);
  const counting = tryCounting();
  const guest = guestReadiness(guestCache());
  const labs = readCatalogue().map(({ id, cost, needs }) => {
    const inGuest = counting.why !== null && needs.some(({ orGuest }) => orGuest);
    return { id, runs: fits(cost, work) && (!inGuest || guest.why === null), inGuest };
  });
  return { environment: environment(work, placement()), work, needs: [...tryNeeds(work), counting], guest, labs };
}

/** Whether the smallest form of a lab has room; everything else a lab lacks makes it leave rows out, not fail. */
function fits({ quick }: CatalogueEntry['cost'], work: WorkFolder): boolean {
  return quick.diskBytes <= work.freeBytes;
}

function text({ environment: machine, work, needs, guest, labs }: Diagnosis): string {
  const { cpu, memory, kernel, tcp } = machine;
  const place =
    machine.pinning.sender === null
      ? 'not pinned: one CPU'
      : `sender on ${machine.pinning.sender}, receiver on ${machine.pinning.receiver}`;
  const facts: [string, string][] = [
    ['kernel', `${kernel.release}, ${machine.libc}`],
    ['processor', `${cpu.model}, ${cpu.usable.length} of ${cpu.online} CPUs usable (${place})`],
    ['virtual machine', machine.virtualisation],
    ['memory', `${formatBytes(memory.availableBytes)} available of ${formatBytes(memory.totalBytes)}`],
    [
      'work folder',
      `${work.path} (${work.fileSystem}, ${formatBytes(work.freeBytes)} free${work.suited ? '' : '; cold reads cannot be measured there'})`,
    ],
    ['results', resultsFolder()],
    ['TCP', `congestion control ${tcp.congestionControlUsed} for labs, ${tcp.congestionControlDefault} by default`],
  ];
  const width = Math.max(
    ...[...facts.map(([name]) => name), ...needs.map(({ name }) => name)].map(({ length }) => length),
  );
  const lines = facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  const tried = needs.map((need) => `${need.name.padEnd(width)}  ${verdict(need)}`);
  tried.push(`${'guest (run --guest)'.padEnd(width)}  ${guestVerdict(guest)}`);
  const running = labs.filter(({ runs }) => runs).map(({ id, inGuest }) => (inGuest ? `${id} (with --guest)` : id));
  const barred = labs.filter(({ runs, inGuest }) => !runs && !inGuest).map(({ id }) => id);
  const guestless = labs.filter(({ runs, inGuest }) => !runs && inGuest).map(({ id }) => id);
  return `${lines.join('\n')}\n\nTried once:\n${tried.join('\n')}\n
Labs that can run here: ${running.join(', ') || 'none'}
${guestless.length > 0 ? `In the guest only, which is not ready: ${guestless.join(', ')}.\n` : ''}${barred.length > 0 ? `No room in the work folder for: ${barred.join(', ')}. Name another with --work FOLDER\n` : ''}`;
}

function guestVerdict({ emulator, kernels, why, args }: Readiness): string {
  if (why !== null) return verdict({ why, args });
  return `yes, QEMU ${emulator} with Linux ${kernels.map(({ release }) => release).join(' and ')}`;
}

function verdict({ why, args }: Pick<Need, 'why' | 'args'>): string {
  if (why === null) return 'yes';
  const said = needText({ why, args: { ...args } });
  return `no: ${said.why}${said.remedy ? `. ${said.remedy}` : ''}`;
}
