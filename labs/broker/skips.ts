import type { Factors } from '#model/result.ts';
import { type Part, parts } from './asks.ts';

/** What is asked beside copying and sendfile, by part: what another way would show there, it shows elsewhere. */
const others: Partial<Record<Part, readonly string[]>> = {
  [parts.one]: ['mapped', 'tls', 'bare-copying', 'bare-sendfile'],
  [parts.aligned]: ['bare-copying', 'bare-sendfile'],
  [parts.alone]: ['sendfile-waits'],
  [parts.beside]: ['sendfile-waits'],
  [parts.slow]: ['mapped'],
};

/** Whether a variant has no place in a part. */
export function skips(variant: string, { part }: Factors): boolean {
  if (variant === 'copying' || variant === 'sendfile') return false;
  return !others[part as Part]?.includes(variant);
}
