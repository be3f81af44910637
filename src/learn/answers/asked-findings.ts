/** How the questions ended, and what was left behind, as findings. */
import type { Finding } from '#model/finding.ts';
import { kindOf } from '../judge-ending.ts';
import type { Answers } from './ask.ts';

/** What a question was about: `task` and its numbers, which every finding about it carries (words/findings/asked.ts). */
export type About = Readonly<Record<string, string | number>>;

/** What is wrong with the way in which it ended; null when every question was answered. @param about of each question */
export function askEndingFinding({ ending, answers }: Answers, about: readonly About[]): Finding | null {
  const at = about[answers.length] ?? {};
  switch (ending.state) {
    case 'answered':
      return null;
    case 'cannot-load':
      return { code: 'cannot-load', args: { message: ending.message } };
    case 'no-export':
      return { code: 'no-export', args: { ...at, name: ending.name } };
    case 'threw':
      return { code: 'answer-threw', args: { ...at, message: ending.message } };
    case 'hang':
      return { code: 'answer-hangs', args: { ...at } };
    case 'processes':
      return { code: 'too-many-processes', args: { ...at, processes: ending.amount } };
    case 'memory':
      return { code: 'too-much-memory', args: { ...at, bytes: ending.amount } };
    case 'exited':
      return { code: 'answer-ends', args: { ...at, how: ending.signal ?? `exit code ${ending.code ?? 0}` } };
  }
}

/** Descriptors, mappings and processes that are left after all questions. */
export function askLeftFindings({ ending, processesLeft }: Answers, about: About): Finding[] {
  const findings: Finding[] = [];
  if (processesLeft > 0) findings.push({ code: 'processes-left', args: { ...about, count: processesLeft } });
  if (ending.state !== 'answered') return findings;
  const { descriptors, mappings } = ending.left;
  if (descriptors.length > 0)
    findings.push({
      code: 'descriptors-left',
      args: { ...about, count: descriptors.length, what: kindOf(descriptors[0]) },
    });
  if (mappings > 0) findings.push({ code: 'mappings-left', args: { ...about, count: mappings } });
  return findings;
}
