import { pinTo, usableCpus } from '#libc';

/**
 * Starts a program of somebody else's on one CPU: it inherits the affinity of the thread that starts it.
 * @param cpu null: wherever this process may run
 */
export function pinned<T>(cpu: number | null, start: () => T): T {
  if (cpu === null) return start();
  const before = usableCpus();
  pinTo([cpu]);
  try {
    return start();
  } finally {
    pinTo(before);
  }
}
