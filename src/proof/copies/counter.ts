/** Counts, over all processes, what the kernel's copy functions do between start() and stop(). */
import { PerfEvent, type PerfSample, SyscallError } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { cpuFlags, fact, parseList } from '#machine/facts.ts';
import { KernelTypes } from './btf.ts';
import { CountFailed } from './count-failed.ts';
import { KernelSymbols } from './kernel-symbols.ts';
import { type KprobeEvent, KprobeEvents } from './kprobe-events.ts';
import { architectures, type BreakpointWatch, type ProbeWatch, probes, usablePrimitives } from './watches.ts';

/** Hits of a watched function by one process through one chain of callers. */
export interface Hit {
  readonly what: 'copy' | 'primitive' | 'reference' | 'encrypt' | 'decrypt';
  /** The watched function, and who called it, innermost first. */
  readonly function: string;
  readonly stack: readonly string[];
  /** Of all of them together. */
  readonly bytes: number;
  readonly times: number;
  readonly pid: number;
}

/** What this kernel lets us watch. */
export interface Watched {
  readonly functions: readonly string[];
  /** Functions of watches.ts that this kernel does not have, or has inlined. */
  readonly missing: readonly string[];
  /** The copy primitive below the watched functions; null where there is none to watch. */
  readonly primitive: string | null;
}

interface Watcher {
  readonly what: Hit['what'];
  readonly function: string;
  readonly events: readonly PerfEvent[];
  bytes(sample: PerfSample): number;
  /** Hits when the last span ended, and samples taken out of the rings since. */
  hitsBefore: number;
  taken: number;
}

/** Room for the samples of one span, per function and CPU: some four thousand. */
const RING_BYTES = 2 ** 20;

/**
 * @example using counter = new CopyCounter();
 * counter.start(); transfer(); counter.stop(); counter.take()
 */
export class CopyCounter implements Disposable {
  readonly watched: Watched;
  readonly #resources = new DisposableStack();
  readonly #symbols: KernelSymbols;
  readonly #kprobes: KprobeEvents;
  readonly #watchers: Watcher[] = [];
  readonly #hits = new Map<string, Hit>();
  #missesBefore = 0;

  /** @throws {CannotRunHere} with what is missing: breakpoints, kprobes, symbols, or the copy functions themselves */
  constructor() {
    const architecture = architectures[process.arch];
    if (!architecture) throw new CannotRunHere('other-architecture', { arch: process.arch });
    using stack = new DisposableStack();
    this.#symbols = KernelSymbols.ofThisKernel();
    for (const watch of architecture.copies) {
      if (!this.#breakOn(watch, stack)) throw new CannotRunHere('no-copy-functions', { function: watch.function });
    }
    const exists = (name: string) => this.#symbols.address(name) !== null;
    const primitives = usablePrimitives(architecture, exists, cpuFlags());
    for (const watch of primitives) this.#breakOn(watch, stack);
    this.#kprobes = stack.use(new KprobeEvents());
    const types = KernelTypes.ofThisKernel();
    const missing = probes.filter((watch) => !this.#probe(watch, types, stack)).map((watch) => watch.function);
    this.watched = {
      functions: this.#watchers.map((watcher) => watcher.function),
      missing,
      primitive: primitives.map((watch) => watch.function).join(' and ') || null,
    };
    this.#resources = stack.move();
  }

  start(): void {
    this.#hits.clear();
    for (const watcher of this.#watchers) Object.assign(watcher, { hitsBefore: hitsOf(watcher), taken: 0 });
    this.#missesBefore = this.#kprobes.misses();
    for (const { events } of this.#watchers) for (const event of events) event.start();
  }

  stop(): void {
    for (const { events } of this.#watchers) for (const event of events) event.stop();
  }

  /** Empties the rings, so that a long span fits. @throws {SamplesLost} */
  collect(): void {
    for (const watcher of this.#watchers) {
      for (const event of watcher.events) {
        for (const sample of event.drain()) this.#add(watcher, sample);
      }
    }
  }

  /**
   * What happened between the last start() and stop().
   * @throws {SamplesLost | CountFailed} when one hit is not there as a sample: a sum that is too small is no result
   */
  take(): Hit[] {
    this.collect();
    for (const watcher of this.#watchers) {
      const expected = hitsOf(watcher) - watcher.hitsBefore;
      if (watcher.taken === expected) continue;
      throw new CountFailed(
        `Cannot count ${watcher.function}: it was reached ${expected} times, and ${watcher.taken} samples are there`,
      );
    }
    const missed = this.#kprobes.misses() - this.#missesBefore;
    if (missed > 0) throw new CountFailed(`Cannot count: ${missed} hits of kprobes were missed`);
    return [...this.#hits.values()];
  }

  [Symbol.dispose](): void {
    this.#resources.dispose();
  }

  #add(watcher: Watcher, sample: PerfSample): void {
    watcher.taken++;
    const key = `${watcher.function} ${sample.pid} ${sample.chain.join(' ')}`;
    const known = this.#hits.get(key) ?? this.#newHit(watcher, sample);
    this.#hits.set(key, { ...known, bytes: known.bytes + watcher.bytes(sample), times: known.times + 1 });
  }

  #newHit({ what, function: name }: Watcher, { pid, chain }: PerfSample): Hit {
    const names = chain.map((address) => this.#symbols.nameAt(address));
    // The chain begins with the function itself, or with the trampoline that a return probe goes through.
    const stack = names.filter((one, at) => at > 0 || one !== name).filter((one) => !trampolines.test(one));
    return { what, function: name, stack, bytes: 0, times: 0, pid };
  }

  #breakOn({ what, function: name, register }: BreakpointWatch, stack: DisposableStack): boolean {
    const address = this.#symbols.address(name);
    if (address === null) return false;
    const events = onEveryCpu((cpu) => openBreakpoint(address, register, cpu), stack);
    this.#watchers.push({
      what,
      function: name,
      events,
      bytes: (one) => Number(one.register),
      hitsBefore: 0,
      taken: 0,
    });
    return true;
  }

  #probe(watch: ProbeWatch, types: KernelTypes, stack: DisposableStack): boolean {
    const offset = watch.member ? types.offsetOf(...watch.member) : 0;
    if (offset === null || this.#symbols.address(watch.function) === null) return false;
    const event: KprobeEvent | null = this.#kprobes.add(
      watch.function,
      watch.at,
      watch.bytes.replace('@', String(offset)),
    );
    if (event === null) return false;
    const { what, function: name } = watch;
    const events = onEveryCpu((cpu) => new PerfEvent({ kind: 'tracepoint', id: event.id }, cpu, RING_BYTES), stack);
    this.#watchers.push({
      what,
      function: name,
      events,
      bytes: (one) => event.bytes(one.fields as Buffer),
      hitsBefore: 0,
      taken: 0,
    });
    return true;
  }
}

/** @throws {CannotRunHere} whatever the reason is: no right, no hardware, or a hypervisor that keeps it to itself */
function openBreakpoint(address: bigint, register: number, cpu: number): PerfEvent {
  try {
    return new PerfEvent({ kind: 'breakpoint', address, register }, cpu, RING_BYTES);
  } catch (error) {
    const cause = error instanceof CannotRunHere ? error.cause : error;
    if (!(cause instanceof SyscallError)) throw error;
    throw new CannotRunHere('no-breakpoints', { errno: cause.code }, { cause });
  }
}

const trampolines = /^(arch_rethook_trampoline|__?kretprobe_trampoline|kprobe_|ftrace_)/;

function onEveryCpu(open: (cpu: number) => PerfEvent, stack: DisposableStack): PerfEvent[] {
  return onlineCpus().map((cpu) => stack.use(open(cpu)));
}

/** Every CPU, also those that this process may not use: a soft interrupt runs where the packet is. */
function onlineCpus(): number[] {
  return parseList(fact('/sys/devices/system/cpu/online') ?? '0');
}

function hitsOf({ events }: Watcher): number {
  return events.reduce((sum, event) => sum + event.hits(), 0);
}
