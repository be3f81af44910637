import { fsync, open } from '#libc';

/** Waits until the names in a folder are on the disk: a file's own fsync does not see to that (fsync(2)). */
export function syncFolder(path: string): void {
  using folder = open(path);
  fsync(folder.fd);
}
