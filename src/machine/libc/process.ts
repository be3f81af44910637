/** This process: CPU time, faults and switches, pinning, parent. */
import { check } from './errno.ts';
import { bind } from './load.ts';
import { Mapping } from './memory.ts';

const c = {
  getrusage: bind<(who: number, usage: number) => number>('getrusage', 'int', ['int', 'pointer']),
  clockGettime: bind<(clock: number, time: number) => number>('clock_gettime', 'int', ['int', 'pointer']),
  setaffinity: bind<(pid: number, size: number, mask: number) => number>('sched_setaffinity', 'int', [
    'int',
    'size_t',
    'pointer',
  ]),
  getaffinity: bind<(pid: number, size: number, mask: number) => number>('sched_getaffinity', 'int', [
    'int',
    'size_t',
    'pointer',
  ]),
  prctl: bind<(option: number, a: number, b: number, c: number, d: number) => number>('prctl', 'int', [
    'int',
    'ulong',
    'ulong',
    'ulong',
    'ulong',
  ]),
  getppid: bind<() => number>('getppid', 'int', []),
};

/** struct rusage: two timevals, then 14 longs; getrusage(2). */
const RUSAGE_BYTES = 144;
const RUSAGE_SELF = 0;

/** What this process has used so far. One lives as long as the process: it allocates nothing when it is read. */
export class Meter {
  readonly #memory = Mapping.anonymous(RUSAGE_BYTES);
  readonly #words: Uint32Array;

  constructor() {
    this.#words = new Uint32Array(this.#memory.view().buffer, 0, RUSAGE_BYTES / 4);
  }

  /** CPU time of the process, user and system of all its threads, in ns: CLOCK_PROCESS_CPUTIME_ID, clock_gettime(2). */
  cpuNs(): number {
    return this.#read(2);
  }

  /**
   * The same of another process, its ended threads included: the clock that clock_getcpuclockid(3) names, which holds the
   * number of the process and CPUCLOCK_SCHED (2).
   * @throws {SyscallError} EINVAL when there is no such process any more
   */
  cpuNsOf(pid: number): number {
    return this.#read((~pid << 3) | 2);
  }

  /** CLOCK_MONOTONIC in ns: the same clock in every process of the machine. */
  monotonicNs(): number {
    return this.#read(1);
  }

  /** Faults and scheduler switches of all threads so far: getrusage(2), RUSAGE_SELF. */
  usage(): Usage {
    check('getrusage', c.getrusage(RUSAGE_SELF, this.#memory.address));
    const field = (offset: number) => this.#words[offset / 4] as number;
    return {
      minorFaults: field(64),
      majorFaults: field(72),
      voluntarySwitches: field(128),
      involuntarySwitches: field(136),
    };
  }

  #read(clock: number): number {
    check('clock_gettime', c.clockGettime(clock, this.#memory.address));
    const [low, high, nanos] = this.#words as unknown as [number, number, number];
    return (high * 2 ** 32 + low) * 1e9 + nanos;
  }
}

/** Faults and switches of a process; counts, of which the low 32 bits are read. */
export interface Usage {
  minorFaults: number;
  majorFaults: number;
  voluntarySwitches: number;
  involuntarySwitches: number;
}

/** Bytes of the CPU mask: 1024 CPUs, CPU_SETSIZE of sched.h. */
const MASK_BYTES = 128;

/** CPUs that the calling thread may use, in order: sched_getaffinity(2). */
export function usableCpus(): number[] {
  using mask = Mapping.anonymous(MASK_BYTES);
  check('sched_getaffinity', c.getaffinity(0, MASK_BYTES, mask.address));
  const cpus: number[] = [];
  mask.view().forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) cpus.push(index * 8 + bit);
  });
  return cpus;
}

/** Pins the calling thread, and every thread and process it starts from now on: sched_setaffinity(2). */
export function pinTo(cpus: readonly number[]): void {
  using mask = Mapping.anonymous(MASK_BYTES);
  const view = mask.view();
  for (const cpu of cpus) view[cpu >> 3] = (view[cpu >> 3] as number) | (1 << (cpu & 7));
  check('sched_setaffinity', c.setaffinity(0, MASK_BYTES, mask.address), `to CPU ${cpus.join(', ')}`);
}

/** Parent of this process: getppid(2), the call that does least. */
export function parentPid(): number {
  return c.getppid();
}

/** PR_SET_PTRACER of the Yama security module, prctl(2). */
const PR_SET_PTRACER = 0x59616d61;

/**
 * Lets a process, and what it starts, trace this one where Yama restricts that to ancestors (kernel.yama.ptrace_scope 1).
 * @returns false where there is no Yama, and nothing to allow
 */
export function allowTracer(pid: number): boolean {
  return c.prctl(PR_SET_PTRACER, pid, 0, 0, 0) === 0;
}

const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;

/**
 * Ties this process to its parent: the kernel kills it when the parent's spawning thread ends, whatever system call it
 * is in (PR_SET_PDEATHSIG, prctl(2)). A parent that was gone before the call is seen by its id.
 * @param parent pid that started us
 */
export function dieWithParent(parent: number): void {
  check('prctl', c.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0));
  if (parentPid() !== parent) process.kill(process.pid, 'SIGKILL');
}
