/** How a learner's program ended, and what it left behind, as findings. */
import type { Finding } from '#model/finding.ts';
import type { Attempt } from './attempt.ts';

/** Where an attempt was made: situation and sizes, which every finding about it carries. */
export type Where = Readonly<Record<string, string | number>>;

/** What is wrong with the way in which the program ended; null: it came back, or threw where it must. */
export function endingFinding(
  { ending, received }: Attempt,
  name: string,
  mustThrow: boolean,
  where: Where,
): Finding | null {
  switch (ending.state) {
    case 'returned':
      return mustThrow ? { code: 'no-error', args: { ...where, arrived: received.bytes } } : null;
    case 'threw':
      return mustThrow ? null : { code: 'threw', args: { ...where, message: ending.message, arrived: received.bytes } };
    case 'cannot-load':
      return { code: 'cannot-load', args: { message: ending.message } };
    case 'no-export':
      return { code: 'no-export', args: { name } };
    case 'hang':
      return { code: 'hang', args: { ...where, arrived: received.bytes } };
    case 'processes':
      return { code: 'too-many-processes', args: { ...where, processes: ending.amount } };
    case 'memory':
      return { code: 'too-much-memory', args: { ...where, bytes: ending.amount } };
    case 'exited':
      return ending.signal === null
        ? { code: 'exited', args: { ...where, exitCode: ending.code ?? 0, arrived: received.bytes } }
        : { code: 'signal', args: { ...where, signal: ending.signal, arrived: received.bytes } };
  }
}

/** Descriptors, mappings and processes that are left. */
export function leftFindings({ ending, processesLeft }: Attempt, where: Where): Finding[] {
  const findings: Finding[] = [];
  if (processesLeft > 0) findings.push({ code: 'processes-left', args: { ...where, count: processesLeft } });
  if (ending.state !== 'returned' && ending.state !== 'threw') return findings;
  const { descriptors, mappings } = ending.left;
  if (descriptors.length > 0)
    findings.push({
      code: 'descriptors-left',
      args: { ...where, count: descriptors.length, what: kindOf(descriptors[0]) },
    });
  if (mappings > 0) findings.push({ code: 'mappings-left', args: { ...where, count: mappings } });
  return findings;
}

/** What a descriptor of that name is of. */
export function kindOf(name = ''): 'pipe' | 'socket' | 'file' {
  return name.startsWith('pipe:') ? 'pipe' : name.startsWith('socket:') ? 'socket' : 'file';
}
