import { HeldBytes } from './held-bytes.ts';
import { type FileLook, MappedFiles } from './mapped-files.ts';

/** What is known of one process's memory. Its threads share it. */
export interface Memory {
  held: HeldBytes;
  mapped: MappedFiles;
}

/** The threads of a trace and whose memory each one sees. */
export class Processes {
  readonly #look: FileLook;
  readonly #threads = new Map<number, Memory>();
  #count = 0;

  constructor(look: FileLook) {
    this.#look = look;
  }

  /** Processes seen so far: threads of one count once. */
  get count(): number {
    return this.#count;
  }

  memoryOf(thread: number): Memory | undefined {
    return this.#threads.get(thread);
  }

  /** A process that was there before, or whose beginning nobody saw, with its threads. */
  begin(threads: readonly number[]): Memory {
    const memory = { held: new HeldBytes(), mapped: new MappedFiles(this.#look) };
    this.#count++;
    for (const thread of threads) this.#threads.set(thread, memory);
    return memory;
  }

  /** clone(2), fork(2): `shares` for threads and for vfork, where the child uses the parent's memory. */
  fork(parent: number, child: number, shares: boolean, thread: boolean): void {
    const memory = this.#threads.get(parent);
    if (!memory) return;
    if (!thread) this.#count++;
    this.#threads.set(child, shares ? memory : { held: memory.held.fork(), mapped: memory.mapped.fork() });
  }

  /** execve(2): a new program with nothing of the old one's memory. The others that shared it keep theirs. */
  execute(thread: number): void {
    this.#threads.set(thread, { held: new HeldBytes(), mapped: new MappedFiles(this.#look) });
  }

  /** The number may be used again. */
  end(thread: number): void {
    this.#threads.delete(thread);
  }
}
