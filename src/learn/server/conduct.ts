/** How a server behaves when it cannot go on: it waits, and never for the disk. */
import type { Finding } from '#model/finding.ts';
import type { Where } from '../judge-ending.ts';
import type { Observed } from '../observed.ts';

/**
 * What is wrong with it. After each wait every client may say once that it cannot take more; one who is asked again
 * without a wait is asked for nothing.
 */
export function conductFindings({ again, waits, cold, coldCalls }: Observed, clients: number, where: Where): Finding[] {
  const findings: Finding[] = [];
  if (again > (waits + 1) * clients) findings.push({ code: 'spins', args: { ...where, again, waits } });
  if (cold) findings.push({ code: 'cold-call', args: { ...where, ...cold, coldCalls } });
  return findings;
}
