/** Where tasks that send to a socket send to: a process that takes everything, and says what that cost it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Address, connect, type Descriptor, EINTR, Mapping, recv, SyscallError, send, setTimeouts } from '#libc';
import { type Link, prepare } from '#machine/links.ts';
import {
  type DrainPlace,
  type DrainQuestion,
  decodeReceipt,
  encodeOrder,
  ORDER_BYTES,
  type Order,
  RECEIPT_BYTES,
  type Receipt,
} from './drain-protocol.ts';
import type { Session } from './session.ts';

const DEADLINE_MS = 20_000;
const FILE = 'drain.json';

/** Starts the draining process of a run, pinned to the receiver's CPU. For `prepare` of a lab of tasks. */
export async function startDrain(session: Session, link: Link = 'tcp'): Promise<void> {
  const { environment, placement, folder } = session;
  const congestion = environment.tcp.congestionControlUsed ?? 'reno';
  const child = session.startChild('drain', new URL('./drain-process.ts', import.meta.url), placement.receiver);
  const question: DrainQuestion = { do: 'listen', link, congestion };
  const { address } = await child.ask<{ address: Address }>(question, DEADLINE_MS);
  const place: DrainPlace = { address, link, congestion };
  writeFileSync(join(folder, FILE), JSON.stringify(place));
  // It never answers this: it serves until the run ends.
  const serve: DrainQuestion = { do: 'serve' };
  child.tell(serve);
}

/** A task's connection to the drain. Use with `using`, or dispose of it with the task. */
export class Drain implements Disposable {
  readonly #socket: Descriptor;
  readonly #message = Mapping.anonymous(Math.max(ORDER_BYTES, RECEIPT_BYTES));

  /** @param folder the run's, in which the drain has said where it listens */
  constructor(folder: string) {
    const place = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as DrainPlace;
    this.#message.view();
    this.#socket = connect(place.address, (fd) => prepare(fd, place.link, place.congestion));
    setTimeouts(this.#socket.fd, DEADLINE_MS);
  }

  get fd(): number {
    return this.#socket.fd;
  }

  /** Says what is going to come. */
  order(order: Order): void {
    encodeOrder(order, this.#message.view());
    const sent = send(this.fd, this.#message.address, ORDER_BYTES);
    if (sent < 0) throw new SyscallError('send', -sent, 'to the drain');
  }

  /** Waits until the drain asks for the next answer, or has said anything else: one byte. */
  awaitAsking(): void {
    this.#receive(1);
  }

  /** Waits until everything that was ordered has arrived: then the work for queued bytes is done too. */
  receipt(): Receipt {
    this.#receive(RECEIPT_BYTES);
    return decodeReceipt(this.#message.view());
  }

  #receive(count: number): void {
    for (let got = 0; got < count; ) {
      const more = recv(this.fd, this.#message.address + got, count - got);
      if (more === -EINTR) continue;
      if (more < 0) throw new SyscallError('recv', -more, 'from the drain');
      if (more === 0) throw new Error('Cannot go on sending: the drain closed the connection early');
      got += more;
    }
  }

  [Symbol.dispose](): void {
    this.#socket[Symbol.dispose]();
    this.#message[Symbol.dispose]();
  }
}

const hashes = new Map<string, string>();

/**
 * What arrives when a task sends, as the drain hashes it: found out once for each way and setting, in preparation, so that
 * the samples need not hash. It is the `check` of their work.
 *
 * @param key variant and factors
 */
export function arrivingOnce(key: string, send: () => Receipt): string {
  const known = hashes.get(key) ?? send().sha256;
  hashes.set(key, known);
  return known;
}
