import { performance } from 'node:perf_hooks';
import type { Warmth } from '../fetch/warmth.ts';
import { decodeRequest, encodeResponse, encodeUnsupported, type Request } from '../wire/message.ts';
import { isSlice, type Part } from '../wire/writer.ts';
import type { Answer, Answers, Asker, MaybeLate } from './answers/answer.ts';
import type { Channel, OpenChannel } from './channel.ts';
import { FrameReader } from './frame-reader.ts';
import type { Limits } from './limits.ts';
import { Outgoing } from './outgoing.ts';

/** What the connections of a broker share. */
export interface Surroundings {
  readonly answers: Answers;
  readonly limits: Limits;
  readonly warmth: Warmth | null;
  /** Connections that wait for a promise: for their answer, or for what is to be sent. */
  readonly waiting: Set<Connection>;
  /** Told when a connection ended, and why when it was not the client's own doing. */
  readonly ended: (connection: Connection, why: Error | null) => void;
}

const READABLE = { readable: true };
const WRITABLE = { writable: true };
const DISCONNECT = { disconnect: true };

/**
 * One client: reads a request, answers it, sends the answer, and only then reads on. So answers come in order, a client
 * that does not read is not read from either, and what one client can make us hold is one request and one answer.
 */
export class Connection implements Asker, Disposable {
  readonly host: string;
  readonly port: number;
  readonly #channel: Channel;
  readonly #around: Surroundings;
  readonly #reader: FrameReader;
  readonly #outgoing: Outgoing;
  readonly #whenGone = new Set<() => void>();
  #state: 'reading' | 'answering' | 'sending' | 'closed' = 'reading';
  #closing = false;
  /** When something last moved: milliseconds of performance.now(). */
  #moved = performance.now();

  constructor(open: OpenChannel, around: Surroundings) {
    this.#around = around;
    this.#channel = open(({ status, disconnect }) => {
      if (status !== 0 || (disconnect && this.#state === 'answering')) this.#end(null);
      else this.#continue();
    });
    this.host = this.#channel.host;
    this.port = this.#channel.port;
    this.#reader = new FrameReader(this.#channel, around.limits.mostRequestBytes);
    this.#outgoing = new Outgoing(this.#channel, around.warmth);
    this.#channel.until(READABLE);
  }

  /** Calls `then` once if the client leaves while it waits for an answer. @returns what takes that back */
  whenGone(then: () => void): () => void {
    this.#whenGone.add(then);
    return () => this.#whenGone.delete(then);
  }

  /** Ends it when its client has been silent, or in the middle of something, for too long. */
  checkTime(now: number): void {
    const { idleMs, stalledRequestMs } = this.#around.limits;
    const quietMs = now - this.#moved;
    if (this.#state === 'answering') return;
    if (this.#state === 'reading' && this.#reader.partial && quietMs > stalledRequestMs) {
      this.#end(new Error(`A client sent part of a request and then nothing for ${stalledRequestMs} ms`));
    } else if (quietMs > idleMs) this.#end(null);
  }

  /** Ends it as soon as the request that is being answered has its answer. */
  finish(): void {
    this.#closing = true;
    if (this.#state === 'reading') this.#end(null);
  }

  [Symbol.dispose](): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#around.waiting.delete(this);
    this.#outgoing[Symbol.dispose]();
    this.#channel[Symbol.dispose]();
    for (const then of this.#whenGone) then();
    this.#whenGone.clear();
  }

  #continue(): void {
    this.#moved = performance.now();
    this.#try(() => {
      if (this.#state === 'reading') this.#read();
      else if (this.#state === 'sending') this.#send();
    });
  }

  #read(): void {
    const frame = this.#reader.read();
    if (frame === 'gone') this.#end(null);
    else if (frame !== 'again') this.#answer(decodeRequest(frame));
  }

  #answer(request: Request): void {
    const response = this.#responseTo(request);
    if (response instanceof Promise) {
      this.#state = 'answering';
      this.#around.waiting.add(this);
      this.#channel.until(DISCONNECT);
      response.then(
        (parts) => this.#try(() => this.#respond(parts)),
        (error) => this.#end(error),
      );
    } else {
      this.#respond(response);
    }
  }

  /** @returns null when the request wants no answer */
  #responseTo(request: Request): MaybeLate<readonly Part[] | null> {
    if (request.api === 'unsupported') return encodeUnsupported(request.header);
    const { api, header, body } = request;
    // TypeScript does not see that `api` says which body this is.
    const answer = this.#around.answers[api] as Answer<typeof api>;
    const response = answer(body as never, this, header);
    if (response instanceof Promise) return response.then((later) => later && encodeResponse(api, header, later));
    return response && encodeResponse(api, header, response);
  }

  /** @param parts null: the request wanted no answer */
  #respond(parts: readonly Part[] | null): void {
    if (this.#state === 'closed') {
      for (const part of parts ?? []) if (isSlice(part)) part.release();
      return;
    }
    if (this.#state === 'answering') {
      this.#around.waiting.delete(this);
      this.#moved = performance.now();
    }
    this.#outgoing.begin(parts ?? []);
    this.#state = 'sending';
    this.#send();
  }

  #send(): void {
    const progress = this.#outgoing.send();
    if (progress === 'gone' || (progress === 'sent' && this.#closing)) {
      this.#end(null);
    } else if (progress === 'sent') {
      this.#state = 'reading';
      this.#channel.until(READABLE);
    } else if (progress === 'cold') {
      this.#channel.until(null);
      this.#around.waiting.add(this);
      this.#outgoing.warm().then(
        () => {
          this.#around.waiting.delete(this);
          this.#continue();
        },
        (error) => this.#end(error),
      );
    } else {
      this.#channel.until(WRITABLE);
    }
  }

  /** Does something, and answers what the client sent ahead of it. */
  #try(what: () => void): void {
    try {
      what();
      while (this.#state === 'reading' && this.#reader.ahead) this.#read();
    } catch (error) {
      this.#end(error as Error);
    }
  }

  #end(why: Error | null): void {
    if (this.#state === 'closed') return;
    this[Symbol.dispose]();
    this.#around.ended(this, why);
  }
}
