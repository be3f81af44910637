/** Whose numbers these are, and of which day. */
import type { LabResult } from '#model/result.ts';

/** `21 November 2026`, in UTC, so that every builder writes the same. */
export function dayOf(result: Pick<LabResult, 'startedAt'>): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(result.startedAt));
}

/** Where a number comes from, for its title: `measured on reference-vm, 21 November 2026`. */
export function originOf(result: LabResult): string {
  return `${result.kind === 'count' ? 'counted' : 'measured'} on ${result.environment.machine}, ${dayOf(result)}`;
}

/** ` (kvm)`; nothing where only that there is a hypervisor could be found out. */
export const kindOf = (hypervisor: string) => (/^[\w-]+$/.test(hypervisor) ? ` (${hypervisor})` : '');

/**
 * The machine in a phrase: `2 CPUs of an Intel Xeon, in a virtual machine (firecracker), Linux 6.18.44`. A guest is named
 * by its kernel and its emulator; the CPU that is emulated says nothing.
 */
export function machineWords({ environment }: LabResult): string {
  const { cpu, virtualisation, kernel, guest } = environment;
  if (guest) return `this project's guest, ${guest}`;
  const cpus = `${cpu.usable.length} ${cpu.usable.length === 1 ? 'CPU' : 'CPUs'} (${cpu.model.trim()})`;
  const where = virtualisation === 'none' ? 'bare metal' : `a virtual machine${kindOf(virtualisation)}`;
  return `${cpus}, ${where}, Linux ${kernel.release}`;
}
