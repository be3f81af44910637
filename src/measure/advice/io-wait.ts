/** What I/O wait and pressure say of a program that waits for the disk, alone and beside one that computes. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EINVAL, Mapping, O_DIRECT, open, pinTo, pread, SyscallError, statfs, usableCpus } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { fact } from '#machine/facts.ts';
import { randomFrom } from '../random.ts';
import type { Task } from '../task.ts';

const READ_BYTES = 2 ** 20;

/**
 * Reads small pieces past the page cache, on one CPU, for a while.
 * @param beside with a thread that computes on the same CPU
 */
export function waitForDisk(beside: boolean, milliseconds: number, bytes: number): Task {
  return async ({ folder, seed }) => {
    const stack = new DisposableStack();
    const path = join(folder, 'source.bin');
    const file = stack.use(openDirect(path));
    const buffer = stack.use(Mapping.anonymous(READ_BYTES));
    const [cpu = 0] = usableCpus();
    pinTo([cpu]);
    waitTicks(cpu);
    pressureMs();
    const thread = beside ? new Worker('for (;;);', { eval: true }) : null;
    await new Promise<void>((ready) => (thread ? thread.once('online', () => ready()) : ready()));
    const random = randomFrom(seed);
    return {
      async run() {
        const [ticks, pressed, began] = [waitTicks(cpu), pressureMs(), performance.now()];
        let reads = 0;
        for (; performance.now() - began < milliseconds; reads++) {
          const offset = Math.floor((random() * bytes) / READ_BYTES) * READ_BYTES;
          const got = pread(file.fd, buffer.address, READ_BYTES, offset);
          if (got !== READ_BYTES) throw new SyscallError('pread', -got);
        }
        const tookMs = performance.now() - began;
        const extra = {
          waitShare: ((waitTicks(cpu) - ticks) * TICK_MS) / tookMs,
          pressureShare: (pressureMs() - pressed) / tookMs,
          reads,
        };
        await thread?.terminate();
        return { bytes: reads * READ_BYTES, check: 'read', extra };
      },
      [Symbol.dispose]: () => stack.dispose(),
    };
  };
}

/** USER_HZ is 100 on every system. */
const TICK_MS = 10;

/** Ticks that a CPU was idle while a task of its own waited for the disk: iowait of /proc/stat, proc_stat(5). */
function waitTicks(cpu: number): number {
  const line = new RegExp(`^cpu${cpu} (.+)$`, 'm').exec(fact('/proc/stat') ?? '')?.[1];
  const ticks = line?.split(' ')[4];
  if (ticks === undefined) throw new CannotRunHere('no-pressure', { file: '/proc/stat' });
  return Number(ticks);
}

/** Milliseconds in which some task waited for the disk: Documentation/accounting/psi.rst. @throws {CannotRunHere} */
function pressureMs(): number {
  const total = /^some .*total=(\d+)/m.exec(fact('/proc/pressure/io') ?? '')?.[1];
  if (total === undefined) throw new CannotRunHere('no-pressure', { file: '/proc/pressure/io' });
  return Number(total) / 1000;
}

/** @throws {CannotRunHere} where the file system has no O_DIRECT */
function openDirect(path: string) {
  try {
    return open(path, O_DIRECT);
  } catch (error) {
    if (!(error instanceof SyscallError) || error.errno !== EINVAL) throw error;
    const { fileSystem } = statfs(path);
    throw new CannotRunHere('unsupported-file-system', { call: 'open(O_DIRECT)', fileSystem }, { cause: error });
  }
}
