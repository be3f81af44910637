/** What a check is about to try: its progress. The English stands in words/trial.ts. */
import type { Finding } from './finding.ts';

export type Trial =
  /** One transfer, or one round of several, with the circumstances and numbers that a finding about it has. */
  | { readonly state: 'trying'; readonly about: Finding['args'] }
  /** What is right is counted on this machine. */
  | { readonly state: 'counting' }
  | { readonly state: 'asking'; readonly questions: number; readonly traced: boolean };
