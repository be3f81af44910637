/** Reads a trace line by line, in the order in which strace wrote it, and says what it came to. */
import type { Tally } from '#model/tally.ts';
import { namedDescriptor } from './arguments.ts';
import { lookIntoFiles } from './file-look.ts';
import { Ledger } from './ledger.ts';
import { type Call, LineReader } from './line.ts';
import type { FileLook, MappedFile } from './mapped-files.ts';
import { type Books, moves, putsInto, takesFrom } from './moves.ts';
import { Pipes } from './pipes.ts';
import { placeOf } from './place.ts';
import { Processes } from './processes.ts';

/** A process that was running before the trace began. */
export interface Attached {
  readonly threads: readonly number[];
  /** Files it had mapped. */
  readonly mappings: readonly MappedFile[];
}

type Event = { readonly state: 'call'; readonly call: Call } | { readonly state: 'exit'; readonly thread: number };

export class Account {
  readonly #lines = new LineReader();
  readonly #ledger = new Ledger();
  readonly #pipes = new Pipes();
  readonly #encrypting = new Set<string>();
  readonly #processes: Processes;
  /** Lines that cannot be understood yet, by thread: its parent's clone, or the writer of its pipe, is still to come. */
  readonly #waiting = new Map<number, Event[]>();
  readonly #attached: boolean;
  /** Sockets that were made while somebody looked. */
  readonly #made = new Set<string>();

  constructor(attached: readonly Attached[] = [], look: FileLook = lookIntoFiles()) {
    this.#processes = new Processes(look);
    this.#attached = attached.length > 0;
    for (const { threads, mappings } of attached) {
      const { mapped } = this.#processes.begin(threads);
      for (const mapping of mappings) mapped.map(mapping, false);
    }
  }

  /** One line of strace's output. */
  line(text: string): void {
    const line = this.#lines.read(text);
    if (line.state === 'unreadable') this.#ledger.missed('unreadable-line');
    if (line.state !== 'call' && line.state !== 'exit') return;
    const thread = line.state === 'call' ? line.call.thread : line.thread;
    if (this.#processes.count === 0) this.#processes.begin([thread]);
    const queue = this.#waiting.get(thread);
    if (queue) queue.push(line);
    else if (this.#ready(line)) this.#take(line);
    else this.#waiting.set(thread, [line]);
    if (this.#waiting.size > 0) this.#retry();
  }

  /** Everything is read: what still waits is taken as it is. */
  finish(): Tally {
    for (const [thread, events] of this.#waiting) {
      if (!this.#processes.memoryOf(thread)) {
        this.#processes.begin([thread]);
        this.#ledger.missed('unknown-thread');
      }
      for (const event of events) this.#take(event);
    }
    for (const call of this.#lines.unfinished()) {
      const name = plainName(call.name);
      if (moves[name] && putsInto({ ...call, name }).state === 'socket')
        this.#ledger.missed('unfinished', { call: name });
    }
    return this.#ledger.tally(this.#processes.count);
  }

  #ready(event: Event): boolean {
    if (event.state === 'exit') return true;
    const call = named(event.call);
    if (!this.#processes.memoryOf(call.thread)) return false;
    const from = takesFrom(call);
    return from.state !== 'pipe' || this.#pipes.has(from.key, call.result ?? 0);
  }

  #retry(): void {
    for (let progress = true; progress; ) {
      progress = false;
      for (const [thread, events] of this.#waiting) {
        while (events[0] && this.#ready(events[0])) {
          this.#take(events.shift() as Event);
          progress = true;
        }
        if (events.length === 0) this.#waiting.delete(thread);
      }
    }
  }

  #take(event: Event): void {
    if (event.state === 'exit') this.#processes.end(event.thread);
    else this.#call(named(event.call));
  }

  #call(call: Call): void {
    const memory = this.#processes.memoryOf(call.thread);
    if (!memory) return;
    this.#ledger.counted(call.name);
    const move = moves[call.name];
    const books: Books = { ledger: this.#ledger, pipes: this.#pipes, encrypting: this.#encrypting };
    if (move) {
      this.#lookBack(call);
      move(call, memory, books);
    } else if (call.result !== null && call.result >= 0) this.#prepares(call);
  }

  /** Calls that move nothing, and matter for those that do. */
  #prepares(call: Call): void {
    const { name, args, thread, remark } = call;
    const result = call.result as number;
    const all = args.join();
    const memory = this.#processes.memoryOf(thread);
    if (/^(clone3?|v?fork)$/.test(name)) {
      const shares = name === 'vfork' || all.includes('CLONE_VM');
      this.#processes.fork(thread, result, shares, all.includes('CLONE_THREAD'));
    } else if (name === 'execve' || name === 'execveat') this.#processes.execute(thread);
    else if (name === 'mmap') {
      const place = placeOf(namedDescriptor(args[4]));
      const [length, offset] = [Number(args[1]), Number(args[5])];
      const mapping = {
        path: place.state === 'file' ? place.path : '',
        address: result,
        length,
        offset,
        id: call.line,
      };
      if (place.state === 'file') memory?.mapped.map(mapping, (args[2] ?? '').includes('PROT_EXEC'));
      else memory?.mapped.unmap(result, length, call.begun);
    } else if (name === 'munmap') memory?.mapped.unmap(Number(args[0]), Number(args[1]), call.begun);
    else if (name === 'pipe' || name === 'pipe2') {
      const key = /<(pipe:\[\d+\])>/.exec(all)?.[1];
      if (key) this.#pipes.make(key);
    } else if (/^(accept4?|socket|socketpair)$/.test(name)) this.#makes(thread, all, result, remark);
    else if (name === 'setsockopt' && /TCP_ULP/.test(all)) this.#encrypts(args[0]);
    else if (name === 'io_uring_setup') {
      // A ring that the kernel polls needs no call to submit: not even how much it was asked is known.
      if (all.includes('IORING_SETUP_SQPOLL')) this.#ledger.missed('io-uring-polled');
    } else if (name === 'io_uring_enter' && Number(args[1]) > 0) this.#ledger.missed('io-uring');
    else if (name === 'sendmmsg' && putsInto(call).state === 'socket') this.#ledger.missed('many-messages');
  }

  #makes(thread: number, args: string, result: number, remark: string): void {
    for (const [, fd, name = ''] of `${args} ${result}${remark}`.matchAll(/(\d+)<((?:->|[^>])*)>/g)) {
      const place = placeOf({ fd: Number(fd), name });
      if (place.state === 'socket') this.#made.add(place.key).add(`${thread} ${fd}`);
    }
  }

  /** A socket that was there before an attach may have carried anything before. */
  #lookBack(call: Call): void {
    if (!this.#attached) return;
    const to = putsInto(call);
    if (to.state !== 'socket' || this.#made.has(to.key)) return;
    const fd = Number.parseInt(call.args[call.name === 'splice' ? 2 : 0] ?? '', 10);
    if (!this.#made.has(`${call.thread} ${fd}`)) this.#ledger.missed('before-attach');
    this.#made.add(to.key);
  }

  #encrypts(descriptor: string | undefined): void {
    const place = placeOf(namedDescriptor(descriptor));
    if (place.state !== 'socket') return;
    this.#encrypting.add(place.key);
    this.#ledger.missed('kernel-tls');
  }
}

/** The call under the name that the path models use: `pread` for pread64. */
function named(call: Call): Call {
  return { ...call, name: plainName(call.name) };
}

function plainName(name: string): string {
  return name.replace(/64$/, '');
}
