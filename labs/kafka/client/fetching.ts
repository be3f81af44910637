/** A connection that takes samples: the same requests over and over, in the order of the log, sealed before the clock runs. */
import type { Meter } from '#libc';
import type { Connection } from './connection.ts';
import { type Looked, look } from './look.ts';
import { openConnection } from './open-connection.ts';
import type { FetchAnswer, LookAnswer, OpenQuestion } from './protocol.ts';
import { fetchFrame } from './requests.ts';

interface Sealed {
  readonly bytes: Buffer;
  readonly responseBytes: number;
  readonly recordBytes: number;
}

/** Requests that are sealed at once while the other side becomes warm. */
const WARM_REQUESTS = 64;

export class Fetching {
  readonly found: LookAnswer;
  readonly #connection: Connection;
  readonly #meter: Meter;
  readonly #options: Omit<OpenQuestion, 'key'>;
  readonly #offsets: Looked['offsets'];
  /** The next request in `offsets`. */
  #at = 0;
  #samples: Sealed[][] | null = null;

  private constructor(connection: Connection, options: Omit<OpenQuestion, 'key'>, looked: Looked, meter: Meter) {
    const { finding: _, offsets, ...found } = looked;
    this.found = found;
    this.#connection = connection;
    this.#options = options;
    this.#offsets = offsets;
    this.#meter = meter;
  }

  /** Looks at everything once. */
  static async open(options: Omit<OpenQuestion, 'key'>, meter: Meter): Promise<Fetching> {
    const connection = await openConnection(options.from);
    const looked = await look(connection, options);
    connection.startDiscarding();
    return new Fetching(connection, options, looked, meter);
  }

  /** Fetches without a clock, before the first sample. */
  async warm({ bytes, seconds }: { readonly bytes: number; readonly seconds: number }) {
    if (this.#samples) throw new Error('Cannot warm up any more: the requests of the samples are sealed');
    const begun = this.#meter.monotonicNs();
    let got = 0;
    while (got < bytes || this.#meter.monotonicNs() - begun < seconds * 1e9) {
      for (const one of await this.#seal(WARM_REQUESTS)) {
        this.#connection.discard(one.bytes, one.responseBytes);
        got += one.recordBytes;
      }
    }
    this.#samples = [];
    for (let left = this.#options.samples; left > 0; left--)
      this.#samples.push(await this.#seal(this.#options.fetches));
    return { bytes: got, ns: this.#meter.monotonicNs() - begun };
  }

  /** One sample. Nothing else happens in this process meanwhile. */
  sample(): FetchAnswer {
    const requests = this.#samples?.shift();
    if (!requests) throw new Error('Cannot take a sample: no more requests are sealed');
    let bytes = 0;
    const cpuBefore = this.#meter.cpuNs();
    const startNs = this.#meter.monotonicNs();
    for (const one of requests) {
      this.#connection.discard(one.bytes, one.responseBytes);
      bytes += one.recordBytes;
    }
    return { bytes, wallNs: this.#meter.monotonicNs() - startNs, cpuNs: this.#meter.cpuNs() - cpuBefore };
  }

  async #seal(count: number): Promise<Sealed[]> {
    const sealed: Sealed[] = [];
    for (let made = 0; made < count; made++, this.#at++) {
      const { offset, responseBytes, recordBytes } = this.#offsets[
        this.#at % this.#offsets.length
      ] as Looked['offsets'][number];
      const frame = fetchFrame(this.#options.from.topic, offset, this.#options.fetchBytes);
      sealed.push({ bytes: await this.#connection.seal(frame), responseBytes, recordBytes });
    }
    return sealed;
  }
}
