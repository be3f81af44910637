import { z } from 'zod';

/** What a result says about the computer it came from. `null`: could not be found out here. */
export const environmentSchema = z.strictObject({
  /** Name of the machine: the folder under labs/results/ for committed results, the host name otherwise. */
  machine: z.string(),
  cpu: z.strictObject({
    model: z.string(),
    /** CPUs this process may use (sched_getaffinity), and those that are online. */
    usable: z.array(z.int().nonnegative()).min(1),
    online: z.int().positive(),
    threadsPerCore: z.int().positive().nullable(),
    governor: z.string().nullable(),
  }),
  pinning: z.strictObject({
    sender: z.int().nonnegative().nullable(),
    receiver: z.int().nonnegative().nullable(),
  }),
  /** Hypervisor by name, `none` on bare metal. */
  virtualisation: z.string(),
  /** Set when a lab ran in the project's own guest: kernel, machine type, emulator. */
  guest: z.string().nullable(),
  kernel: z.strictObject({
    release: z.string(),
    /** CONFIG_IRQ_TIME_ACCOUNTING: whether soft interrupts are taken out of a process's CPU time. */
    irqTimeAccounting: z.boolean().nullable(),
    clocksource: z.string().nullable(),
  }),
  memory: z.strictObject({
    totalBytes: z.int().positive(),
    availableBytes: z.int().nonnegative(),
    transparentHugePages: z.string().nullable(),
  }),
  cgroup: z.strictObject({
    version: z.union([z.literal(1), z.literal(2)]).nullable(),
    memoryMaxBytes: z.int().positive().nullable(),
    /** CPUs' worth of time the cgroup may use; null without a limit. */
    cpuMax: z.number().positive().nullable(),
  }),
  workFolder: z.strictObject({ fileSystem: z.string(), freeBytes: z.int().nonnegative() }),
  tcp: z.strictObject({
    /** net.ipv4.tcp_wmem and tcp_rmem: minimum, default, maximum, in bytes. */
    wmem: z.tuple([z.int(), z.int(), z.int()]).nullable(),
    rmem: z.tuple([z.int(), z.int(), z.int()]).nullable(),
    congestionControlDefault: z.string().nullable(),
    /** What every compared socket was set to. */
    congestionControlUsed: z.string().nullable(),
  }),
  device: z.strictObject({
    name: z.string(),
    mtu: z.int().positive().nullable(),
    scatterGather: z.boolean().nullable(),
    checksumOffload: z.boolean().nullable(),
    segmentationOffload: z.boolean().nullable(),
  }),
  libc: z.string(),
  node: z.string(),
  koffi: z.string(),
  /** Commit of the project, with `+` when files differed from it; null from a ZIP without .git. */
  commit: z.string().nullable(),
});

export type Environment = z.infer<typeof environmentSchema>;
