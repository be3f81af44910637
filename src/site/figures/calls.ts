/** System calls in words. */
import { formatCount } from '#model/words/index.ts';

/** `16,384 pread64 and 16,384 write`; null, counts that only a trace could know, is said. */
export function callWords(calls: Readonly<Record<string, number>> | null): string {
  if (!calls) return 'not counted';
  const made = Object.entries(calls).filter(([, count]) => count > 0);
  return made.map(([name, count]) => `${formatCount(count)} ${name}`).join(' and ') || 'none';
}
