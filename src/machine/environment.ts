import { hostname, release } from 'node:os';
import { koffiVersion, listen, offload, usableCpus } from '#libc';
import type { Environment } from '#model/environment.ts';
import { cgroupLimits } from './cgroup.ts';
import { commit } from './commit.ts';
import {
  chosen,
  cpuModel,
  fact,
  irqTimeAccounting,
  meminfo,
  parseList,
  siblings,
  tcpMemory,
  virtualisation,
} from './facts.ts';
import { steadyCongestionControl } from './links.ts';
import type { WorkFolder } from './work-folder.ts';

/** Where sender and receiver run; null: not pinned, because only one CPU may be used. */
export interface Placement {
  readonly sender: number | null;
  readonly receiver: number | null;
}

/** Two CPUs that share no core where there are such, so that neither slows the other more than it must. */
export function placement(): Placement {
  const usable = usableCpus();
  const sender = usable[0];
  if (sender === undefined || usable.length === 1) return { sender: null, receiver: null };
  const own = siblings(sender);
  return { sender, receiver: usable.find((cpu) => !own.includes(cpu)) ?? (usable[1] as number) };
}

/** Everything a result says about this computer. Nothing is measured. */
export function environment(work: WorkFolder, pinning: Placement): Environment {
  const kernel = release();
  const limits = cgroupLimits();
  const congestion = steadyCongestionControl();
  const { socket } = listen({ family: 'inet', port: 0 });
  using probe = socket;
  return {
    machine: process.env.ZC_MACHINE || hostname(),
    cpu: {
      model: cpuModel(),
      usable: usableCpus(),
      online: parseList(fact('/sys/devices/system/cpu/online') ?? '0').length,
      threadsPerCore: siblings(usableCpus()[0] as number).length,
      governor: fact('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
    },
    pinning: { sender: pinning.sender, receiver: pinning.receiver },
    virtualisation: virtualisation(),
    guest: process.env.ZC_GUEST || null,
    kernel: {
      release: kernel,
      irqTimeAccounting: irqTimeAccounting(kernel),
      clocksource: fact('/sys/devices/system/clocksource/clocksource0/current_clocksource'),
    },
    memory: {
      totalBytes: meminfo('MemTotal'),
      availableBytes: meminfo('MemAvailable'),
      transparentHugePages: chosen(fact('/sys/kernel/mm/transparent_hugepage/enabled')),
    },
    cgroup: { version: limits.version, memoryMaxBytes: limits.memoryMaxBytes, cpuMax: limits.cpuMax },
    workFolder: { fileSystem: work.fileSystem, freeBytes: work.freeBytes },
    tcp: {
      wmem: tcpMemory('tcp_wmem'),
      rmem: tcpMemory('tcp_rmem'),
      congestionControlDefault: congestion.byDefault,
      congestionControlUsed: congestion.used,
    },
    device: {
      name: 'lo',
      mtu: Number(fact('/sys/class/net/lo/mtu')) || null,
      scatterGather: offload(probe.fd, 'lo', 'scatterGather'),
      checksumOffload: offload(probe.fd, 'lo', 'checksumOffload'),
      segmentationOffload: offload(probe.fd, 'lo', 'segmentationOffload'),
    },
    libc: libcName(),
    node: process.version,
    koffi: koffiVersion,
    commit: commit(),
  };
}

function libcName(): string {
  // Without this a report asks the network for names, which can take seconds.
  const report = process.report as (NodeJS.ProcessReport & { excludeNetwork?: boolean }) | undefined;
  if (report) report.excludeNetwork = true;
  const header = (report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined)?.header;
  return header?.glibcVersionRuntime ? `glibc ${header.glibcVersionRuntime}` : 'not glibc';
}
