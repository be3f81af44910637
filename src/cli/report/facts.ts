/** What --verbose says about any result: the question, the machine, and what it takes to repeat the run. */
import type { LabResult } from '#model/result.ts';
import { formatBytes, formatCount, formatDuration } from '#model/words/units.ts';
import type { Entry, ReportOptions } from './options.ts';
import { spell, wrap } from './text.ts';

/** Lines `name  value`. */
export function facts(result: LabResult, { title, question }: Entry, options: ReportOptions): string[] {
  const { machine, cpu, pinning, kernel, memory, workFolder, tcp, virtualisation, guest } = result.environment;
  const { libc, node, koffi, commit } = result.environment;
  const rows: readonly (readonly [string, string])[] = [
    ['lab', `${result.lab}: ${title}. ${question}`],
    ['begun', result.startedAt + ('durationNs' in result ? `, took ${formatDuration(result.durationNs)}` : '')],
    [
      'machine',
      `${machine}, ${virtualisation === 'none' ? 'bare metal' : virtualisation}${guest ? `, guest ${guest}` : ''}`,
    ],
    [
      'CPU',
      `${cpu.model}, ${formatCount(cpu.usable.length)} of ${formatCount(cpu.online)} usable${governorText(cpu.governor)}`,
    ],
    ['pinned', `sender ${pinning.sender ?? 'nowhere'}, receiver ${pinning.receiver ?? 'nowhere'}`],
    ['memory', `${formatBytes(memory.totalBytes)}, ${formatBytes(memory.availableBytes)} available`],
    ['kernel', `Linux ${kernel.release}, clock ${kernel.clocksource ?? 'unknown'}`],
    ['TCP', `${tcp.congestionControlUsed ?? tcp.congestionControlDefault ?? 'unknown'}`],
    ['work folder', `${workFolder.fileSystem}, ${formatBytes(workFolder.freeBytes)} free`],
    ['software', `Node ${node}, koffi ${koffi}, ${libc}, commit ${commit ?? 'unknown'}`],
    [
      'parameters',
      Object.entries(result.parameters)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ') || 'none',
    ],
    ['seed', String(result.seed)],
    ...integrityRow(result),
  ];
  const indent = ' '.repeat(NAME_WIDTH);
  return rows.flatMap(([name, value]) => wrap(spell(name.padEnd(NAME_WIDTH) + value, options), options.width, indent));
}

/** Longest name and two spaces. */
const NAME_WIDTH = 13;

function governorText(governor: string | null): string {
  return governor ? `, governor ${governor}` : '';
}

function integrityRow(result: LabResult): [string, string][] {
  if (result.kind !== 'time') return [];
  const { expected, received, algorithm } = result.integrity;
  const right = received.filter(({ hash, expected: own = expected }) => hash === own).length;
  if (algorithm === 'check')
    return [['integrity', `${received.length} tasks came to the same as the others of their setting`]];
  return [['integrity', `${right} of ${received.length} transfers arrived whole (${algorithm})`]];
}
