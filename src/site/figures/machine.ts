/** A machine as rows of a table: what weighs in the numbers, in words. */
import type { CatalogueEntry } from '#model/catalogue.ts';
import type { Environment } from '#model/environment.ts';
import type { LabResult } from '#model/result.ts';
import { formatBytes } from '#model/words/index.ts';
import { kindOf } from './origin.ts';

export function machineFacts(environment: Environment): [fact: string, value: string][] {
  const { cpu, pinning, kernel, memory, workFolder, tcp, device, virtualisation, guest } = environment;
  const used = cpu.usable.length === 1 ? '1 CPU' : `${cpu.usable.length} CPUs`;
  const threads = cpu.threadsPerCore && cpu.threadsPerCore > 1 ? `, ${cpu.threadsPerCore} threads a core` : '';
  return [
    ['Processor', `${cpu.model.trim()}; ${used} used of ${cpu.online}${threads}`],
    ['Pinned', `sender to ${orNothing(pinning.sender)}, receiver to ${orNothing(pinning.receiver)}`],
    [
      'Virtual',
      virtualisation === 'none' ? 'no, bare metal' : `yes${kindOf(virtualisation)}: nothing here speaks about DMA`,
    ],
    ...(guest ? [['Guest', `${guest}: nothing is timed in it`] as [string, string]] : []),
    ['Kernel', `Linux ${kernel.release}, clock ${kernel.clocksource ?? 'unknown'}`],
    ['Memory', `${formatBytes(memory.totalBytes)}, huge pages ${memory.transparentHugePages ?? 'unknown'}`],
    ['File system', workFolder.fileSystem],
    [
      'TCP',
      `${tcp.congestionControlUsed ?? 'default'} on every socket, device ${device.name}, MTU ${device.mtu ?? 'unknown'}`,
    ],
    ['Programs', `${environment.libc}, Node ${environment.node}, koffi ${environment.koffi}`],
  ];
}

/** What a reader must know of numbers from the project's guest; nothing where a result is not from there. */
export function guestWords({ environment }: LabResult): string {
  return environment.guest ? 'Counts are exact there. Times would mean nothing, and none is shown.' : '';
}

/** Kernel that the guest boots unless it is told another one. */
const GUEST_KERNEL = '6.12';

/** The command that repeats a recorded run, where it ran. */
export function repeatLine({ lab, environment: { guest, kernel } }: LabResult): string {
  if (!guest) return `./zc run ${lab}`;
  const version = kernelVersion(kernel.release);
  return `./zc run ${lab} --guest${version === GUEST_KERNEL ? '' : ` --guest-kernel ${version}`}`;
}

/** `6.12` out of `6.12.117+deb12-cloud-amd64`. */
export function kernelVersion(release: string): string {
  return release.match(/^\d+\.\d+/)?.[0] ?? release;
}

/** The command that runs a lab on most machines: in the guest where the lab asks for what only root may do. */
export function runLine({ id, needs }: Pick<CatalogueEntry, 'id' | 'needs'>): string {
  return `./zc run ${id}${needs.some(({ without }) => without.includes('--guest')) ? ' --guest' : ''}`;
}

const orNothing = (cpu: number | null) => (cpu === null ? 'none' : `CPU ${cpu}`);
