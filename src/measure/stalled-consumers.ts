/** Consumers that have connected and do not read: what a server sends them stands in queues of the kernel. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { accept, connect, type Descriptor, listen, Meter, open, receiveAll, setNonBlocking, setTimeouts } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { freeMemory } from '#machine/free-memory.ts';
import { addressFor, prepare, steadyCongestionControl } from '#machine/links.ts';
import type { Mover, Technique } from '#transfer/mover.ts';
import { type HeldMemory, heldMemory, takenMemory } from './held-memory.ts';
import type { Session } from './session.ts';
import { makeSourceFile, warm } from './source-file.ts';
import type { PreparedTask, Task, TaskSetting } from './task.ts';

const MiB = 2 ** 20;
const PATIENCE_MS = 20_000;

/** What each consumer is sent, unless --size says otherwise: one answer of a Kafka broker (max.partition.fetch.bytes). */
const SENT_BYTES = MiB;

/** Queues that are filled in a sample at least, so that one with few consumers lasts as long as one with many. */
const QUEUES = 100;

/** Queues that are filled before the clock starts, so that no sample pays for code that is compiled while it runs. */
const WARM_UP = 20;

/** Share of the available memory that the queues may take. */
const SHARE = 0.5;

/** Makes the one file that every consumer is sent. */
export function makeSharedFile(session: Session): void {
  warm(makeSourceFile(session.folder, session.request.bytes ?? SENT_BYTES, session.request.seed).path);
}

/**
 * A task that fills the queues of `factors.consumers` connections with the same file, in messages of `factors.chunk` bytes,
 * and leaves them standing while memory is looked at. Sender and consumers are one process, for nothing runs at the far
 * end but the kernel.
 */
export function fillQueues(technique: Technique): Task {
  return (setting) => prepareTask(technique, setting);
}

function prepareTask(technique: Technique, { factors, folder, bytes }: TaskSetting): PreparedTask {
  const consumers = Number(factors.consumers);
  const each = bytes ?? SENT_BYTES;
  requireMemory(consumers * each);
  const passes = Math.max(1, Math.round(QUEUES / consumers));
  const meter = new Meter();
  const file = open(join(folder, 'source.bin'));
  const congestion = steadyCongestionControl().used;
  const { socket: listener, address } = listen(addressFor('tcp'));
  prepare(listener.fd, 'tcp', congestion);
  const sink = { fd: -1 };
  const mover = technique.open({ fd: file.fd, bytes: each }, sink, Number(factors.chunk));

  const connectTo = (count: number): Consumer[] =>
    Array.from({ length: count }, () => {
      const near = connect(address, (fd) => prepare(fd, 'tcp', congestion));
      setNonBlocking(near.fd, true);
      return { near, far: accept(listener.fd) };
    });
  const fillAll = (standing: readonly Consumer[]): void => {
    for (const { near } of standing) {
      sink.fd = near.fd;
      fill(mover, each);
    }
  };

  let standing = connectTo(WARM_UP);
  fillAll(standing);
  const callsBefore = { ...mover.calls };
  let before: HeldMemory | null = null;

  return {
    run() {
      let fillCpuNs = 0;
      for (let pass = 0; pass < passes; pass++) {
        leaveAll(standing);
        standing = connectTo(consumers);
        before = heldMemory(process.pid);
        const cpuBefore = meter.cpuNs();
        fillAll(standing);
        fillCpuNs += meter.cpuNs() - cpuBefore;
      }
      const extra = { operations: passes, fillCpuNs: fillCpuNs / passes };
      return { bytes: consumers * each * passes, check: '', calls: since(callsBefore, mover.calls), extra };
    },
    after(work) {
      const memory = takenMemory(before as HeldMemory, heldMemory(process.pid));
      return { ...work, check: `${consumers} of ${hashOfLast(standing, each)}`, extra: { ...work.extra, ...memory } };
    },
    [Symbol.dispose]() {
      leaveAll(standing);
      mover[Symbol.dispose]();
      listener[Symbol.dispose]();
      file[Symbol.dispose]();
    },
  };
}

function since(before: Mover['calls'], now: Mover['calls']): Record<string, number> {
  return Object.fromEntries(Object.entries(now).map(([name, count]) => [name, count - (before[name] ?? 0)]));
}

/** Both ends of a connection. */
interface Consumer {
  readonly near: Descriptor;
  readonly far: Descriptor;
}

/** The far end first: it resets the connection, and nothing waits for what is queued. */
function leaveAll(consumers: readonly Consumer[]): void {
  for (const { near, far } of consumers) {
    far[Symbol.dispose]();
    near[Symbol.dispose]();
  }
}

/** Sends to a socket that nobody reads from. @throws {CannotRunHere} when its queue is full before everything is in it */
export function fill(mover: Mover, bytes: number): void {
  for (let took = 0; took < bytes; ) {
    const step = mover.step(took, bytes - took);
    if (typeof step !== 'number') throw new CannotRunHere('queue-full', { took, bytes });
    took += step;
  }
}

/** What the last consumer finds when it reads after all. */
function hashOfLast(consumers: readonly Consumer[], bytes: number): string {
  const { far } = consumers.at(-1) as Consumer;
  setTimeouts(far.fd, PATIENCE_MS);
  return createHash('sha256').update(receiveAll(far.fd, bytes)).digest('hex');
}

function requireMemory(needed: number): void {
  const { available } = freeMemory();
  if (needed > available * SHARE) throw new CannotRunHere('little-memory', { needed, available });
}
