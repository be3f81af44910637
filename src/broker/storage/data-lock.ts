import { join } from 'node:path';
import { type Descriptor, flock, LOCK_EX, LOCK_NB, O_CREAT, O_RDWR, open } from '#libc';

/** A data folder that another broker uses. */
export class DataFolderInUse extends Error {
  override name = 'DataFolderInUse';
}

/**
 * Holds a data folder for this process: flock(2) on its file `.lock`, whose name is Kafka's. The kernel lets go of it when
 * the process ends, however it does.
 *
 * @throws {DataFolderInUse}
 */
export function lockFolder(folder: string): Descriptor {
  const lock = open(join(folder, '.lock'), O_RDWR | O_CREAT, 0o644);
  if (flock(lock.fd, LOCK_EX | LOCK_NB)) return lock;
  lock[Symbol.dispose]();
  throw new DataFolderInUse(
    `Cannot use data folder '${folder}': another broker holds its lock, so end that one or name another folder`,
  );
}
