/** What moving bytes does to the CPU's cache: a walk over somebody else's memory, timed after each move. */
import { join } from 'node:path';
import {
  accept,
  connect,
  type Descriptor,
  EINTR,
  listen,
  Meter,
  MSG_TRUNC,
  open,
  recv,
  SyscallError,
  setNonBlocking,
  setTimeouts,
} from '#libc';
import { addressFor, prepare, steadyCongestionControl } from '#machine/links.ts';
import type { Technique } from '#transfer/mover.ts';
import { randomFrom, shuffled } from './random.ts';
import { fill } from './stalled-consumers.ts';
import type { PreparedTask, Task, TaskSetting } from './task.ts';

const KiB = 1024;
/** Moved before each walk, unless --size says otherwise. */
const MOVED_BYTES = 1024 * KiB;
/** Buffer of the paths that have one. */
const CHUNK = 64 * KiB;
/** The cache works in lines: one element is touched in each. 64 bytes on x86-64 and most arm64. */
const LINE_BYTES = 64;
const WORDS = LINE_BYTES / 4;
/** Accesses in a sample, so that a small working set is walked more often. */
const ACCESSES = 1_100_000;
/** A working set that stays in the innermost cache: what the walk itself costs. */
const FLOOR_BYTES = 16 * KiB;
const PATIENCE_MS = 20_000;

/** A task that walks over `factors.workingBytes` again and again. @param technique moves bytes before each walk; null: nothing does */
export function walkAfter(technique: Technique | null): Task {
  return (setting) => prepareTask(technique, setting);
}

function prepareTask(technique: Technique | null, { factors, folder, bytes, seed }: TaskSetting): PreparedTask {
  const cycle = randomCycle(Number(factors.workingBytes), seed);
  const lines = cycle.length / WORDS;
  const walks = Math.max(4, Math.round(ACCESSES / lines));
  const meter = new Meter();
  const moved = bytes ?? MOVED_BYTES;
  const moves = technique && new Moves(technique, join(folder, 'source.bin'), moved);
  // The loop is compiled, and the queue has grown, before the clock starts.
  for (let warm = 0; warm < 8; warm++) {
    moves?.move();
    walk(cycle, 0, Math.max(lines, 10_000));
    moves?.drain();
  }
  const callsBefore = { ...moves?.calls };

  return {
    run() {
      let walkNs = 0;
      let at = 0;
      for (let time = 0; time < walks; time++) {
        moves?.move();
        // CPU time, not the clock's: what another process takes in between is no access.
        const cpuBefore = meter.cpuNs();
        at = walk(cycle, at, lines);
        walkNs += meter.cpuNs() - cpuBefore;
        moves?.drain();
      }
      const extra = { operations: walks, nsPerAccess: walkNs / (walks * lines), movedBytes: moves ? walks * moved : 0 };
      const calls = Object.entries(moves?.calls ?? {}).map(([name, count]) => [name, count - (callsBefore[name] ?? 0)]);
      const check = `${walks} walks of ${lines} lines, ending at ${at}`;
      return { bytes: walks * lines * LINE_BYTES, check, calls: Object.fromEntries(calls), extra };
    },
    after: (work) => ({ ...work, extra: { ...work.extra, floorNsPerAccess: floorNs(meter, seed) } }),
    [Symbol.dispose]() {
      moves?.[Symbol.dispose]();
    },
  };
}

/**
 * Memory in which each line holds the place of another one, so that a walk visits all of them once, in an order that no
 * prefetcher guesses, and comes back to its start. Every access must wait for the one before it.
 */
export function randomCycle(bytes: number, seed: number): Int32Array {
  const lines = bytes / LINE_BYTES;
  const order = shuffled(
    Array.from({ length: lines }, (_, line) => line),
    randomFrom(seed),
  );
  const cycle = new Int32Array(bytes / 4);
  order.forEach((line, index) => {
    cycle[line * WORDS] = (order[(index + 1) % lines] as number) * WORDS;
  });
  return cycle;
}

/** Follows the places. @returns where it ends */
export function walk(cycle: Int32Array, from: number, steps: number): number {
  let at = from;
  for (let step = 0; step < steps; step++) at = cycle[at] as number;
  return at;
}

/** An access that finds its line in the innermost cache, with all that the loop costs, ns. */
function floorNs(meter: Meter, seed: number): number {
  const cycle = randomCycle(FLOOR_BYTES, seed);
  const at = walk(cycle, 0, ACCESSES / 10);
  const cpuBefore = meter.cpuNs();
  walk(cycle, at, ACCESSES / 10);
  return (meter.cpuNs() - cpuBefore) / (ACCESSES / 10);
}

/** A connection in this process into whose queue bytes are moved, and from which they are thrown away without being copied. */
class Moves implements Disposable {
  readonly #bytes: number;
  readonly #near: Descriptor;
  readonly #far: Descriptor;
  readonly #file: Descriptor;
  readonly #mover: ReturnType<Technique['open']>;

  constructor(technique: Technique, path: string, bytes: number) {
    const congestion = steadyCongestionControl().used;
    const { socket, address } = listen(addressFor('tcp'));
    using listener = socket;
    prepare(listener.fd, 'tcp', congestion);
    this.#bytes = bytes;
    this.#near = connect(address, (fd) => prepare(fd, 'tcp', congestion));
    this.#far = accept(listener.fd);
    setNonBlocking(this.#near.fd, true);
    setTimeouts(this.#far.fd, PATIENCE_MS);
    this.#file = open(path);
    this.#mover = technique.open({ fd: this.#file.fd, bytes }, this.#near, CHUNK);
  }

  get calls(): Readonly<Record<string, number>> {
    return this.#mover.calls;
  }

  /** @throws {CannotRunHere} when the queue does not take as much */
  move(): void {
    fill(this.#mover, this.#bytes);
  }

  /** MSG_TRUNC: the kernel gives the pages back and copies nothing, tcp(7). */
  drain(): void {
    for (let drained = 0; drained < this.#bytes; ) {
      const got = recv(this.#far.fd, 0, this.#bytes - drained, MSG_TRUNC);
      if (got === -EINTR) continue;
      if (got <= 0) throw new SyscallError('recv(MSG_TRUNC)', -got);
      drained += got;
    }
  }

  [Symbol.dispose](): void {
    for (const one of [this.#mover, this.#far, this.#near, this.#file]) one[Symbol.dispose]();
  }
}
