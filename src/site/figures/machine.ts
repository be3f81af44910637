/** A machine as rows of a table: what weighs in the numbers, in words. */
import type { Environment } from '#model/environment.ts';
import { formatBytes } from '#model/words/index.ts';
import { kindOf } from './numbers.ts';

export function machineFacts(environment: Environment): [fact: string, value: string][] {
  const { cpu, pinning, kernel, memory, workFolder, tcp, device, virtualisation } = environment;
  const used = cpu.usable.length === 1 ? '1 CPU' : `${cpu.usable.length} CPUs`;
  const threads = cpu.threadsPerCore && cpu.threadsPerCore > 1 ? `, ${cpu.threadsPerCore} threads a core` : '';
  return [
    ['Processor', `${cpu.model.trim()}; ${used} used of ${cpu.online}${threads}`],
    ['Pinned', `sender to ${orNothing(pinning.sender)}, receiver to ${orNothing(pinning.receiver)}`],
    [
      'Virtual',
      virtualisation === 'none' ? 'no, bare metal' : `yes${kindOf(virtualisation)}: nothing here speaks about DMA`,
    ],
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

const orNothing = (cpu: number | null) => (cpu === null ? 'none' : `CPU ${cpu}`);
