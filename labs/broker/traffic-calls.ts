/** The calls by which a broker takes records from a producer and gives them to a consumer, and the bytes that they moved: by strace. */
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Session } from '#measure/session.ts';
import { type Call, namedDescriptor } from '#proof/calls/index.ts';
import { LineReader } from '#proof/calls/line.ts';
import { findStrace, startTracer } from '#proof/calls/strace.ts';

/** Whose bytes went where. */
export interface Traffic {
  /** From sockets: requests, with what is produced in them. */
  readonly takenBytes: number;
  /** Into the log. */
  readonly appendedBytes: number;
  readonly syncs: number;
  /** Out of the log into memory of the broker. */
  readonly readBytes: number;
  /** Out of the log into sockets, by sendfile. */
  readonly sendfileBytes: number;
  /** Out of memory of the broker into sockets. */
  readonly writtenBytes: number;
  /** Calls that did all this. */
  readonly trafficCalls: number;
}

const traced =
  'read,recvfrom,recvmsg,readv,pread64,write,writev,sendto,sendmsg,pwrite64,pwritev,sendfile,fsync,fdatasync';
const ATTACH_MS = 10_000;

/** Sums what calls moved between sockets and the log of a topic. */
export class TrafficCalls {
  readonly #sums = {
    takenBytes: 0,
    appendedBytes: 0,
    syncs: 0,
    readBytes: 0,
    sendfileBytes: 0,
    writtenBytes: 0,
    trafficCalls: 0,
  };
  readonly #log: RegExp;

  /** @param topic whose log files count; of the others, only calls on sockets do */
  constructor(topic: string) {
    this.#log = new RegExp(`/${topic}-\\d+/\\d+\\.log$`);
  }

  take({ name, args, result }: Pick<Call, 'name' | 'args' | 'result'>): void {
    const of = (text: string | undefined) => namedDescriptor(text)?.name ?? '';
    const [first, second] = [of(args[0]), of(args[1])];
    const [socket, log] = [first.startsWith('TCP'), this.#log.test(first)];
    const bytes = Math.max(0, result ?? 0);
    const sums = this.#sums;
    if (/^f(data)?sync$/.test(name) && log) sums.syncs++;
    else if (name === 'sendfile' && socket && this.#log.test(second)) sums.sendfileBytes += bytes;
    else if (/^(read|recv)/.test(name) && socket) sums.takenBytes += bytes;
    else if (/^(write|send(to|msg))/.test(name) && socket) sums.writtenBytes += bytes;
    else if (name.startsWith('pwrite') && log) sums.appendedBytes += bytes;
    else if (/^p?read/.test(name) && log) sums.readBytes += bytes;
    else return;
    sums.trafficCalls++;
  }

  get traffic(): Traffic {
    return { ...this.#sums };
  }
}

/** Watches a process while something is done with it. @returns null where it may not be traced: then it is done all the same */
export async function watchTraffic(
  session: Session,
  pid: number,
  topic: string,
  during: () => Promise<void>,
): Promise<Traffic | null> {
  try {
    findStrace();
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    await during();
    return null;
  }
  const [lines, calls] = [new LineReader(), new TrafficCalls(topic)];
  const tracer = startTracer(
    ['-e', `trace=${traced}`, '-p', `${pid}`],
    ['ignore', 'ignore', 'pipe'],
    session.guard,
    (text) => {
      const line = lines.read(text);
      if (line.state === 'call') calls.take(line.call);
    },
  );
  try {
    const attached = await new Promise<boolean>((done) => {
      tracer.process.stderr?.on('data', (said) => /attached/.test(String(said)) && done(true));
      void tracer.ended.then(() => done(false));
      setTimeout(() => done(false), ATTACH_MS).unref();
    });
    await during();
    if (!attached) return null;
  } finally {
    tracer.process.kill('SIGINT');
    await tracer.ended;
  }
  return calls.traffic;
}
