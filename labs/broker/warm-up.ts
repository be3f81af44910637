import type { FetchAnswer, Target } from '#broker/client/protocol.ts';
import type { Child } from '#machine/child.ts';
import { ask } from './ask.ts';

/** Fetches to become warm, at most. */
const MOST_FETCHES = 200_000;

/** Makes servers warm, each once for each size of a fetch: until Node has compiled what it does often, a fetch costs more. */
export class WarmUp {
  readonly #bytes: number;
  readonly #done = new Set<string>();

  /** @param bytes that are fetched for it */
  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  async ensure(client: Child, at: Target): Promise<void> {
    const key = `${at.port} ${at.maxBytes}`;
    const fetches = Math.min(MOST_FETCHES, Math.ceil(this.#bytes / at.maxBytes));
    if (fetches > 0 && !this.#done.has(key)) await ask<FetchAnswer>(client, { do: 'fetch', at, fetches });
    this.#done.add(key);
  }
}
