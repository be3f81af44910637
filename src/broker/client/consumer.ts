import { BatchPlaces } from './batch-places.ts';
import type { Conversation } from './connection.ts';
import { FetchFrames, type Wanted } from './fetch-frames.ts';

/** One consumer of a partition whose batches are known: fetches on from batch to batch, and begins again at the end. */
export class Consumer implements Disposable {
  readonly connection: Conversation;
  readonly #frames: FetchFrames;
  readonly #head: Buffer;
  readonly #places: BatchPlaces;
  #at = 0;

  constructor(connection: Conversation, wanted: Wanted, places: BatchPlaces) {
    this.connection = connection;
    this.#frames = new FetchFrames(wanted);
    this.#head = Buffer.alloc(this.#frames.headBytes);
    this.#places = places;
  }

  /** Goes to the first batch. */
  rewind(): void {
    this.#at = 0;
  }

  ask(): void {
    this.connection.send(this.#frames.from(this.#places.offsetOf(this.#at)));
  }

  /** Takes the answer and throws its records away. @returns their bytes, and those of whole batches */
  answer(): Fetched | Promise<Fetched> {
    const came = this.connection.receive(this.#head);
    return came ? came.then(() => this.#takeRecords()) : this.#takeRecords();
  }

  #takeRecords(): Fetched | Promise<Fetched> {
    const bytes = this.#frames.recordsIn(this.#head);
    const gone = this.connection.discard(bytes);
    return gone ? gone.then(() => this.#goOn(bytes)) : this.#goOn(bytes);
  }

  #goOn(bytes: number): Fetched {
    const next = this.#places.after(this.#at, bytes);
    if (next === this.#at) throw new Error(`Cannot go on: ${bytes} bytes of records hold no whole batch`);
    const wholeBytes = this.#places.positionOf(next) - this.#places.positionOf(this.#at);
    this.#at = next === this.#places.count ? 0 : next;
    return { bytes, wholeBytes };
  }

  [Symbol.dispose](): void {
    this.connection[Symbol.dispose]();
  }
}

export interface Fetched {
  readonly bytes: number;
  readonly wholeBytes: number;
}

/** Fetches a partition to its end. @param took told of each run of whole batches */
export async function fetchAll(
  connection: Conversation,
  wanted: Wanted,
  took: (batches: Buffer) => void,
): Promise<BatchPlaces> {
  const frames = new FetchFrames(wanted);
  const head = Buffer.alloc(frames.headBytes);
  const places = new BatchPlaces();
  for (;;) {
    connection.send(frames.from(places.nextOffset));
    await connection.receive(head);
    const records = Buffer.allocUnsafe(frames.recordsIn(head));
    if (records.length === 0) return places;
    await connection.receive(records);
    const whole = places.take(records);
    if (whole === 0) throw new Error(`Cannot go on: ${records.length} bytes of records hold no whole batch`);
    took(records.subarray(0, whole));
  }
}
