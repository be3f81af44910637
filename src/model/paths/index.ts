import { mmapWritePath } from './mmap-write.ts';
import type { Path } from './path.ts';
import { readWritePath } from './read-write.ts';
import { sendfilePath } from './sendfile.ts';
import { splicePath } from './splice.ts';

export * from './copies.ts';
export * from './path.ts';
export * from './system.ts';

/** Every path model, in the order in which the site and the reports list techniques. */
export const paths: readonly Path[] = [readWritePath, mmapWritePath, sendfilePath, splicePath];

/** @throws {RangeError} for a technique that has no path model. */
export function pathOf(technique: string): Path {
  const found = paths.find((path) => path.technique === technique);
  if (!found) {
    throw new RangeError(
      `Cannot find a path for '${technique}': known are ${paths.map((path) => path.technique).join(', ')}`,
    );
  }
  return found;
}
