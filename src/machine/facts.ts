/** Small facts from /proc and /sys; null where this machine does not say. */
import { readFileSync } from 'node:fs';

/** A file's text, trimmed; null when it cannot be read. */
export function fact(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}

/** What the first CPU can do, x86: the line `flags` of /proc/cpuinfo. */
export function cpuFlags(text: string | null = fact('/proc/cpuinfo')): ReadonlySet<string> {
  return new Set(
    /^flags\s*:(.*)$/m
      .exec(text ?? '')?.[1]
      ?.trim()
      .split(/\s+/) ?? [],
  );
}

/** A field of /proc/meminfo in bytes. */
export function meminfo(field: 'MemTotal' | 'MemFree' | 'MemAvailable'): number {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(fact('/proc/meminfo') ?? '');
  return line ? Number(line[1]) * 1024 : 0;
}

/** net.ipv4.tcp_wmem or tcp_rmem: minimum, default, maximum in bytes. */
export function tcpMemory(name: 'tcp_wmem' | 'tcp_rmem'): [number, number, number] | null {
  const parts = fact(`/proc/sys/net/ipv4/${name}`)?.split(/\s+/).map(Number);
  return parts?.length === 3 ? (parts as [number, number, number]) : null;
}

/** TCP segments that this network namespace sent once more: RetransSegs of /proc/net/snmp, proc_pid_net(5). */
export function retransmittedSegments(text: string | null = fact('/proc/net/snmp')): number {
  const [names, values] = (text ?? '').split('\n').filter((line) => line.startsWith('Tcp:'));
  const at = names?.split(' ').indexOf('RetransSegs') ?? -1;
  return at < 0 ? 0 : Number(values?.split(' ')[at] ?? 0);
}

/** The bracketed one of a list of choices, as /sys prints them: "always [madvise] never". */
export function chosen(text: string | null): string | null {
  return text === null ? null : (/\[([^\]]+)\]/.exec(text)?.[1] ?? text);
}

/** CONFIG_IRQ_TIME_ACCOUNTING of the running kernel, from the configuration that distributions leave in /boot. */
export function irqTimeAccounting(release: string): boolean | null {
  const config = fact(`/boot/config-${release}`) ?? fact(`/lib/modules/${release}/config`);
  return config === null ? null : /^CONFIG_IRQ_TIME_ACCOUNTING=y$/m.test(config);
}

/** Hypervisor by name; `none` on bare metal. */
export function virtualisation(): string {
  const cpu = fact('/proc/cpuinfo') ?? '';
  if (!/^flags.*\bhypervisor\b/m.test(cpu) && fact('/sys/hypervisor/type') === null) return 'none';
  const vendor = fact('/sys/class/dmi/id/sys_vendor') ?? fact('/sys/hypervisor/type');
  return vendor || 'yes, kind unknown';
}

/** CPU model as /proc/cpuinfo names it; arm64 gives only numbers there. */
export function cpuModel(): string {
  const cpu = fact('/proc/cpuinfo') ?? '';
  const name = /^model name\s*:\s*(.+)$/m.exec(cpu)?.[1];
  const part = /^CPU part\s*:\s*(.+)$/m.exec(cpu)?.[1];
  return name ?? (part ? `arm64 part ${part}` : 'unknown');
}

/** Hardware threads that share a core with `cpu`, itself included. */
export function siblings(cpu: number): number[] {
  const list = fact(`/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`);
  return list === null ? [cpu] : parseList(list);
}

/** "0-3,8" → [0, 1, 2, 3, 8] */
export function parseList(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

/** CPU time of the whole machine so far, from /proc/stat: busy and stolen, ns. The tick is 10 ms (USER_HZ 100). */
export function machineCpu(): { busyNs: number; stealNs: number } | null {
  const line = /^cpu\s+(.+)$/m.exec(fact('/proc/stat') ?? '')?.[1];
  if (line === undefined) return null;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(/\s+/).map(Number);
  return { busyNs: (user + nice + system + irq + softirq) * 1e7, stealNs: steal * 1e7 };
}
