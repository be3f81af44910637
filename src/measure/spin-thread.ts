/** The thread of second-thread.ts. Program of a worker thread: leaves its starter's CPU, says so, and spins. */
import { parentPort, workerData } from 'node:worker_threads';
import { EINVAL, pinTo, SyscallError, usableCpus } from '#libc';
import type { SpinAnswer, SpinOrder } from './second-thread.ts';

/** CPUs that a mask of sched_setaffinity(2) names; those that this process may not use are left out by the kernel. */
const MOST_CPUS = 1024;

const { stop } = workerData as SpinOrder;
const word = new Int32Array(stop);
const say = (answer: SpinAnswer) => parentPort?.postMessage(answer);

if (leaveOwnCpu()) {
  say('spinning');
  while (Atomics.load(word, 0) === 0);
} else {
  say('no-second-cpu');
}

/** @returns false where no other CPU is allowed */
function leaveOwnCpu(): boolean {
  const [own] = usableCpus();
  try {
    pinTo(Array.from({ length: MOST_CPUS }, (_, cpu) => cpu).filter((cpu) => cpu !== own));
    return true;
  } catch (error) {
    if (error instanceof SyscallError && error.errno === EINVAL) return false;
    throw error;
  }
}
