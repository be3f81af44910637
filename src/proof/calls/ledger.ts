/** Adds up a trace: flows, sockets, reads, and what cannot be accounted for. */
import type { Flow, ReadTally, Refusal, SocketKind, SocketTally, Tally, Unaccounted, Way } from '#model/tally.ts';
import { movedBy, type Piece, type Step } from './piece.ts';
import type { SocketPlace } from './place.ts';

interface OpenFlow {
  readonly file: string;
  readonly socket: SocketPlace;
  bytes: number;
  shortCalls: number;
  readonly ways: Map<string, Way>;
  readonly bytesByCall: Map<string, number>;
  readonly calls: Map<string, Set<number>>;
  readonly refusals: Map<string, Refusal>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class Ledger {
  readonly #flows = new Map<string, OpenFlow>();
  readonly #sockets = new Map<string, Mutable<SocketTally>>();
  readonly #reads = new Map<string, Mutable<ReadTally>>();
  readonly #unaccounted = new Map<string, Mutable<Unaccounted>>();
  readonly #calls = new Map<string, number>();

  /** One traced call, whatever it is about. */
  counted(name: string): void {
    this.#calls.set(name, (this.#calls.get(name) ?? 0) + 1);
  }

  /** These pieces went into a socket by this last step. */
  delivered(socket: SocketPlace, pieces: readonly Piece[], last: Step): void {
    const tally = this.#socket(socket);
    for (const piece of pieces) {
      tally.bytes += piece.bytes;
      if (piece.file === null) {
        tally.fromMemory += piece.bytes;
        continue;
      }
      tally.fromFiles += piece.bytes;
      const steps = [...piece.steps, last];
      const flow = this.#flow(piece.file, socket);
      flow.bytes += piece.bytes;
      flow.bytesByCall.set(last.call, (flow.bytesByCall.get(last.call) ?? 0) + piece.bytes);
      for (const step of steps) this.#called(flow, step);
      const calls = steps.map(({ call }) => call).filter((call, at, all) => call !== all[at - 1]);
      const moved = movedBy(steps);
      const key = `${calls} ${moved}`;
      flow.ways.set(key, { calls, moved, bytes: (flow.ways.get(key)?.bytes ?? 0) + piece.bytes });
      const read = this.#reads.get(piece.file);
      if (read && piece.steps.some(({ call }) => /^p?read/.test(call))) read.sent += piece.bytes;
    }
  }

  /**
   * A call that did not take all it was asked to.
   * @param why `short`: it took some; `end`: the file had no more; else the name of its errno
   */
  tried(file: string, socket: SocketPlace, step: Step, why: string): void {
    const flow = this.#flow(file, socket);
    this.#called(flow, step);
    if (why === 'short') flow.shortCalls++;
    if (passing.has(why)) return;
    const key = `${step.call} ${why}`;
    flow.refusals.set(key, { call: step.call, errno: why, count: (flow.refusals.get(key)?.count ?? 0) + 1 });
  }

  /** A read brought bytes of a file into a program's memory. */
  read(file: string, bytes: number): void {
    const read = this.#reads.get(file) ?? { file, bytes: 0, sent: 0 };
    read.bytes += bytes;
    this.#reads.set(file, read);
  }

  /** Something may have moved payload unseen. The same reason adds up. */
  missed(code: string, args: Unaccounted['args'] = {}, bytes: number | null = null): void {
    const key = `${code} ${JSON.stringify(args)}`;
    const entry = this.#unaccounted.get(key);
    const times = Number(entry?.args.times ?? 0) + 1;
    const sum = bytes === null && entry === undefined ? null : (entry?.bytes ?? 0) + (bytes ?? 0);
    this.#unaccounted.set(key, { code, args: { ...args, times }, bytes: entry?.bytes === null ? null : sum });
  }

  tally(processes: number): Tally {
    return {
      flows: [...this.#flows.values()].map(closed),
      sockets: [...this.#sockets.values()],
      reads: [...this.#reads.values()],
      unaccounted: [...this.#unaccounted.values()],
      calls: Object.fromEntries(this.#calls),
      processes,
    };
  }

  #called(flow: OpenFlow, step: Step): void {
    const ids = flow.calls.get(step.call) ?? new Set();
    flow.calls.set(step.call, ids.add(step.id));
  }

  #flow(file: string, socket: SocketPlace): OpenFlow {
    const key = `${file}\n${socket.key}`;
    const flow = this.#flows.get(key) ?? {
      file,
      socket,
      bytes: 0,
      shortCalls: 0,
      ways: new Map(),
      bytesByCall: new Map(),
      calls: new Map(),
      refusals: new Map(),
    };
    this.#flows.set(key, flow);
    return flow;
  }

  #socket({ key, kind }: { key: string; kind: SocketKind }): Mutable<SocketTally> {
    const tally = this.#sockets.get(key) ?? { socket: key, kind, bytes: 0, fromFiles: 0, fromMemory: 0 };
    this.#sockets.set(key, tally);
    return tally;
  }
}

/** Not refusals: a full socket, a signal, a peer that went away. */
const passing: ReadonlySet<string> = new Set(['short', 'end', 'EAGAIN', 'EINTR', 'EPIPE', 'ECONNRESET', 'ENOTCONN']);

function closed({ file, socket, ways, bytesByCall, calls, refusals, bytes, shortCalls }: OpenFlow): Flow {
  return {
    file,
    socket: socket.key,
    kind: socket.kind,
    bytes,
    ways: [...ways.values()],
    bytesByCall: Object.fromEntries(bytesByCall),
    calls: Object.fromEntries([...calls].map(([call, ids]) => [call, ids.size])),
    shortCalls,
    refusals: [...refusals.values()],
  };
}
