/** Who waits for the disk: logs put out of memory, and what threads had read from the disk themselves. */
import { fsync, open } from '#libc';
import { fact } from '#machine/facts.ts';
import { evict } from '#measure/source-file.ts';

/**
 * Writes a log to the disk and puts it out of memory.
 * @throws {CannotRunHere} where pages stay, as on tmpfs
 */
export function putOnDisk(path: string): void {
  {
    using file = open(path);
    fsync(file.fd);
  }
  evict(path);
}

/**
 * Bytes that threads of a process had fetched from the disk, reading ahead included: `read_bytes` of
 * /proc/PID/task/TID/io, proc(5). A thread that has a page fetched waits for it; who finds it in memory reads none.
 */
export function diskBytesOf(pid: number, threads: readonly number[]): number {
  return threads.reduce((sum, thread) => {
    const [, bytes = '0'] = /^read_bytes: (\d+)$/m.exec(fact(`/proc/${pid}/task/${thread}/io`) ?? '') ?? [];
    return sum + Number(bytes);
  }, 0);
}
