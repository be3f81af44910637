/** Every claim of the five articles, in six groups. */
import type { Claim } from './claim.ts';
import { dataPath } from './data-path.ts';
import { deployments } from './deployments.ts';
import { devices } from './devices.ts';
import { kafka } from './kafka.ts';
import { mmap } from './mmap.ts';
import { mmapUse } from './mmap-use.ts';
import { operations } from './operations.ts';
import { performance } from './performance.ts';
import { sendfile } from './sendfile.ts';
import { speed } from './speed.ts';

export * from './articles.ts';
export * from './claim.ts';
export * from './corrected.ts';
export * from './coverage.ts';
export * from './verdict.ts';

/** A group's claims have its letter in their ids. */
export interface ClaimGroup {
  readonly letter: string;
  readonly title: string;
  readonly claims: readonly Claim[];
}

export const claimGroups: readonly ClaimGroup[] = [
  { letter: 'A', title: 'What it is, and the way of the data', claims: [...dataPath, ...devices] },
  { letter: 'B', title: 'mmap', claims: [...mmap, ...mmapUse] },
  { letter: 'C', title: 'sendfile', claims: sendfile },
  { letter: 'D', title: 'Performance', claims: [...performance, ...speed] },
  { letter: 'E', title: 'Kafka', claims: [...kafka, ...deployments] },
  { letter: 'F', title: 'Operating advice', claims: operations },
];

export const claims: readonly Claim[] = claimGroups.flatMap((group) => group.claims);

/** Labs that some claim is tested by, in alphabetical order. */
export const testingLabs: readonly string[] = [
  ...new Set(claims.flatMap(({ tests = [] }) => tests.map(({ lab }) => lab))),
].sort();
