/**
 * Is a reason that `./zc explain` gives the right one?
 *
 * Runs in which the reason of a missing gain is known, because it was made: by a sender that is slow on purpose, by a link, or
 * by what happens around the run. A lab like any other, which `npm run prove:explain` runs once for each case; the case stands
 * behind a `?` in the path of this file, for the sending process loads it by its path.
 */
import { fileURLToPath } from 'node:url';
import { fadvise, fileAdvice, Mapping, setOption, write } from '#libc';
import type { Child } from '#machine/child.ts';
import { defineLab, type Lab } from '#measure/lab.ts';
import type { Session } from '#measure/session.ts';
import { type Amount, timeTransfers } from '#measure/transfers.ts';
import { type Sink, type Source, stepOf, type Technique } from '#transfer/mover.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';
import { wholeFile } from '#transfer/whole-file.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** One known reason. */
interface Case {
  /** The path whose gain is missing, and both ways to send. */
  readonly variant: 'sendfile' | 'mmap-write';
  readonly senders: Readonly<Record<string, Technique>>;
  readonly amount?: Partial<Amount>;
  /** What is changed around the run; ends with it. */
  upset?(session: Session): Upset;
}
interface Upset extends Disposable {
  readonly session: Session;
}

const usual = { 'read-write': readWrite, sendfile: wholeFile(sendfile) };

/** Reason that must be first → how it is made. */
const provoked = {
  'receiver-bound': { variant: 'sendfile', senders: usual, upset: hashingReceiver },
  'receiver-late': { variant: 'sendfile', senders: usual, upset: haltingReceiver },
  'small-buffer': {
    variant: 'sendfile',
    senders: { 'read-write': readWrite, sendfile: inCallsOf(4 * KiB, sendfile) },
  },
  'small-socket-buffer': {
    variant: 'sendfile',
    senders: { 'read-write': readWrite, sendfile: wholeFile(withSendBuffer(16 * KiB, sendfile)) },
    // So small a buffer makes each end wait for a timer of the other's TCP: 10 ms a piece and more were seen.
    amount: { bytes: MiB },
  },
  evicted: {
    variant: 'sendfile',
    senders: { 'read-write': evicting(readWrite), sendfile: wholeFile(evicting(sendfile)) },
    amount: { bytes: 8 * MiB },
  },
  'cpu-idle': { variant: 'sendfile', senders: usual, amount: { links: ['tcp-1gbit'], bytes: 4 * MiB } },
  'page-faults': {
    variant: 'mmap-write',
    senders: { 'read-write': readWrite, 'mmap-write': { id: 'mmap-write', open: mappingEachPiece } },
    amount: { chunks: [32 * KiB] },
  },
  'bad-slice': {
    variant: 'sendfile',
    senders: usual,
    amount: { chunks: [], settings: [{ link: 'tcp', chunk: 65_024, headerBytes: 60, offsetBytes: 2049 }] },
  },
  'busy-machine': { variant: 'sendfile', senders: usual, amount: { bytes: 4 * MiB }, upset: busyCores },
  'noisy-machine': {
    variant: 'sendfile',
    // The gain of the processor is small then, and that of the clock is seen on a quiet machine only.
    senders: { 'read-write': readWrite, sendfile: partly(sendfile) },
    amount: { bytes: 64 * MiB },
    upset: fitfulNeighbour,
  },
} satisfies Record<string, Case>;

export type Provoked = keyof typeof provoked;
export const reasons = Object.keys(provoked) as Provoked[];

const amount: Amount = { links: ['tcp'], chunks: [64 * KiB], rounds: 9, bytes: 16 * MiB };
const titles = { 'read-write': 'read + write', sendfile: 'sendfile', 'mmap-write': 'mmap + write' };

/** The lab in which a gain is missing for this reason, and the path by which the sending process finds it. */
export function provoking(reason: Provoked): { lab: Lab; labFile: string } {
  const { variant, senders, amount: other, upset }: Case = provoked[reason];
  const own = { ...amount, ...other };
  const transfers = timeTransfers({ quick: own, default: own, full: own });
  const cost = { seconds: 5, diskBytes: own.bytes, memoryBytes: 200 * MiB };
  const lab = defineLab({
    id: 'known-reason',
    kind: 'time',
    title: 'A known reason',
    question: 'Is a reason that explain gives the right one?',
    first: null,
    shows: ['whether the reason that was made is ranked first'],
    leavesOut: ['reasons that cannot be made here: TLS, the limit of a container'],
    needs: [],
    variants: { 'read-write': titles['read-write'], [variant]: titles[variant] },
    senders,
    baseline: 'read-write',
    cost: { quick: cost, default: cost, full: cost },
    async run(lab, session) {
      if (!upset) return await transfers(lab, session);
      using changed = upset(session);
      return await transfers(lab, changed.session);
    },
  });
  return { lab, labFile: `${fileURLToPath(new URL(import.meta.url.split('?')[0] as string))}?${reason}` };
}

/** Asks for so much with each call at most, whatever the chunk. */
function inCallsOf(bytes: number, { id, open }: Technique): Technique {
  return { id, open: (source, sink) => open(source, sink, bytes) };
}

/** Takes this way for three chunks of ten, and copies the others. */
function partly({ id, open }: Technique): Technique {
  return {
    id,
    open(source, sink, chunk) {
      const [mover, copier] = [open(source, sink, chunk), readWrite.open(source, sink, chunk)];
      return {
        get calls() {
          return { ...copier.calls, ...mover.calls };
        },
        step: (offset, count) => (Math.floor(offset / chunk) % 10 < 3 ? mover : copier).step(offset, count),
        [Symbol.dispose]() {
          for (const one of [mover, copier]) one[Symbol.dispose]();
        },
      };
    },
  };
}

/** Sets SO_SNDBUF, so that TCP does not tune it any more (tcp(7)). */
function withSendBuffer(bytes: number, { id, open }: Technique): Technique {
  return {
    id,
    open(source, sink, chunk) {
      setOption(sink.fd, 'SO_SNDBUF', bytes);
      return open(source, sink, chunk);
    },
  };
}

/** Puts the file out of memory when it has sent it, so that the next transfer comes from the disk; nothing is read ahead. */
function evicting({ id, open }: Technique): Technique {
  return {
    id,
    open(source, sink, chunk) {
      fadvise(source.fd, fileAdvice.random);
      const mover = open(source, sink, chunk);
      return {
        get calls() {
          return mover.calls;
        },
        step: (offset, count) => mover.step(offset, count),
        [Symbol.dispose]() {
          mover[Symbol.dispose]();
          fadvise(source.fd, fileAdvice.dontNeed);
        },
      };
    },
  };
}

/** Maps each piece anew, and faults each in. */
function mappingEachPiece(source: Source, sink: Sink, chunk: number) {
  const calls = { mmap: 0, write: 0 };
  return {
    calls,
    step(offset: number, count: number) {
      // A mapping begins with a page.
      const into = offset % 4096;
      const asked = Math.min(count, chunk - into, source.bytes - offset);
      using piece = Mapping.ofFile(source.fd, offset - into, into + asked);
      calls.mmap++;
      calls.write++;
      const sent = write(sink.fd, piece.address + into, asked);
      return sent < 0 ? stepOf('write', sent) : sent;
    },
    [Symbol.dispose]() {},
  };
}

/** The receiver hashes what it gets, which takes it longer than the sending takes the sender. */
function hashingReceiver(session: Session): Upset {
  return withReceiver(session, (receiver) => {
    const tell = receiver.tell.bind(receiver);
    receiver.tell = (question) => tell({ ...question, ...('how' in question ? { how: 'hash' } : {}) });
  });
}

/** The receiver is stopped most of the time, as a limit of its CPU does it. */
function haltingReceiver(session: Session): Upset {
  const pids: number[] = [];
  const halting = haltingAll(pids, { runsMs: 2, periodMs: 20 });
  return { ...withReceiver(session, ({ pid }) => pids.push(pid)), [Symbol.dispose]: () => halting[Symbol.dispose]() };
}

/** Lets these processes run for a part of each period only; at the end they run on. */
function haltingAll(pids: readonly number[], { runsMs, periodMs }: { runsMs: number; periodMs: number }): Disposable {
  const signal = (name: NodeJS.Signals) => {
    for (const pid of pids) {
      try {
        process.kill(pid, name);
      } catch {
        // It has ended.
      }
    }
  };
  let stop: NodeJS.Timeout | undefined;
  const period = setInterval(() => {
    signal('SIGCONT');
    stop = setTimeout(() => signal('SIGSTOP'), runsMs);
  }, periodMs);
  return {
    [Symbol.dispose]() {
      clearInterval(period);
      clearTimeout(stop);
      signal('SIGCONT');
    },
  };
}

/** Two others work on each core. */
function busyCores(session: Session): Upset {
  const { sender, receiver } = session.placement;
  const neighbours = working(session, [sender, receiver, sender, receiver]);
  return { session, [Symbol.dispose]: () => neighbours[Symbol.dispose]() };
}

/** Another one works on the core of the sender, now and then, for longer than a transfer takes. */
function fitfulNeighbour(session: Session): Upset {
  const neighbour = working(session, [session.placement.sender]);
  const halting = haltingAll(neighbour.pids, { runsMs: 40, periodMs: 160 });
  return {
    session,
    [Symbol.dispose]() {
      halting[Symbol.dispose]();
      neighbour[Symbol.dispose]();
    },
  };
}

/** Starts a process on each of these cores that does nothing but work. */
function working(session: Session, cpus: readonly (number | null)[]): Disposable & { readonly pids: number[] } {
  const program = new URL('../../src/measure/neighbour.ts', import.meta.url);
  const children = cpus.map((cpu) => session.startChild('neighbour', program, cpu));
  for (const one of children) one.tell({ do: 'work' });
  return {
    pids: children.map(({ pid }) => pid),
    [Symbol.dispose]() {
      for (const one of children) one.end();
    },
  };
}

/** The session, in which something is done with the receiving process as soon as it is there. */
function withReceiver(session: Session, then: (receiver: Child) => void): Upset {
  return {
    session: {
      ...session,
      startChild(name, ...rest) {
        const child = session.startChild(name, ...rest);
        if (name === 'receiver') then(child);
        return child;
      },
    },
    [Symbol.dispose]() {},
  };
}

const [, reason] = import.meta.url.split('?');
export default reasons.includes(reason as Provoked) ? provoking(reason as Provoked).lab : null;
