/**
 * Turns of an event loop: one thread serves requests for slices of a file over a socket that does not wait. How long each
 * turn holds the thread is how long everybody else on it is kept waiting.
 */
import { fstat, Meter, open, setNonBlocking } from '#libc';
import { arrivingOnce, Drain } from './drain.ts';
import { randomFrom, shuffled } from './random.ts';
import { evict, warm } from './source-file.ts';
import type { PreparedTask, TaskSetting } from './task.ts';

/** Bytes of a slice, and how far slices lie apart: further than the kernel reads ahead of one. */
export const SLICE_BYTES = 65_536;
export const APART_BYTES = 4 * SLICE_BYTES;

/** What a turn did: sent its slice, or put it off because it was not in memory. */
export type Turn = 'sent' | 'put off';

/** A way to serve: it holds the thread for as long as `turn` runs. */
export interface Server extends Disposable {
  /** Told of all requests before the first, as a loop that has read them from its sockets knows them. */
  expect?(offsets: readonly number[]): void;
  /** Sends the slice at `offset`, or puts it off. `at` is its place among the requests. */
  turn(offset: number, at: number): Turn;
  /** Waits, outside of any turn, until a slice that was put off may be ready. */
  idle?(at: number): void;
}

export type OpenServer = (file: number, socket: number) => Server;

const meter = new Meter();

/** Serves every slice of the file once, in an order drawn anew for each round; the file is in memory, or on the disk. */
export function serveSlices(name: string, openServer: OpenServer, path: string, setting: TaskSetting): PreparedTask {
  const file = open(path);
  const { size } = fstat(file.fd);
  const slices = Array.from({ length: Math.floor(size / APART_BYTES) }, (_, at) => at * APART_BYTES);
  const offsets = shuffled(slices, randomFrom(setting.seed));
  const connect = (hash: boolean) => {
    const drain = new Drain(setting.folder);
    drain.order({ bytes: SLICE_BYTES, answers: offsets.length, asking: true, hash });
    const server = openServer(file.fd, drain.fd);
    return { drain, server };
  };
  warm(path);
  const check = arrivingOnce(`${name} ${JSON.stringify(setting.factors)}`, () => {
    const { drain, server } = connect(true);
    using own = drain;
    using _ = server;
    // What is put off otherwise arrives later than it would by another way, and the check is of all bytes in their order.
    serve(server, own, offsets, 'in order');
    return own.receipt();
  });
  if (setting.factors.file === 'on disk') evict(path);
  const { drain, server } = connect(false);
  return {
    run() {
      const { latenciesNs, putOff } = serve(server, drain, offsets, 'as they come');
      const { cpuNs } = drain.receipt();
      const extra = { operations: offsets.length, putOff };
      return { bytes: offsets.length * SLICE_BYTES, check, receiverCpuNs: cpuNs, extra, latenciesNs };
    },
    [Symbol.dispose]() {
      for (const one of [server, drain, file]) one[Symbol.dispose]();
    },
  };
}

/**
 * @param order `as they come`: what is put off is served after all others
 * @returns how long each request held the thread, all its turns together, and how many were put off first
 */
function serve(server: Server, drain: Drain, offsets: readonly number[], order: 'in order' | 'as they come') {
  const latenciesNs: number[] = offsets.map(() => 0);
  let awaited = false;
  const turn = (at: number): Turn => {
    // The receiver has taken everything before it asks: the socket is empty.
    if (!awaited) drain.awaitAsking();
    setNonBlocking(drain.fd, true);
    const startNs = meter.monotonicNs();
    const done = server.turn(offsets[at] as number, at);
    latenciesNs[at] = (latenciesNs[at] as number) + meter.monotonicNs() - startNs;
    setNonBlocking(drain.fd, false);
    awaited = done === 'put off';
    return done;
  };
  const finish = (at: number) => {
    do server.idle?.(at);
    while (turn(at) === 'put off');
  };
  server.expect?.(offsets);
  const putOff: number[] = [];
  for (const at of offsets.keys()) {
    if (turn(at) === 'sent') continue;
    putOff.push(at);
    if (order === 'in order') finish(at);
  }
  if (order === 'as they come') putOff.forEach(finish);
  return { latenciesNs, putOff: putOff.length };
}
