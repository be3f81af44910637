import { randomUUID } from 'node:crypto';

/** Ids of members that were given out and have not joined yet. Each is forgotten when its session would be over. */
export class Reservations implements Disposable {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #expired: () => void;

  /** @param expired called after one was forgotten because its owner never came */
  constructor(expired: () => void) {
    this.#expired = expired;
  }

  get size(): number {
    return this.#timers.size;
  }

  /** A new id, that begins with the client's own. */
  give(clientId: string, sessionTimeoutMs: number): string {
    const id = `${clientId}-${randomUUID()}`;
    const expire = () => this.take(id) && this.#expired();
    this.#timers.set(id, setTimeout(expire, sessionTimeoutMs).unref());
    return id;
  }

  /** Its owner has come, or will not come. @returns whether it was given out */
  take(id: string): boolean {
    clearTimeout(this.#timers.get(id));
    return this.#timers.delete(id);
  }

  [Symbol.dispose](): void {
    for (const id of [...this.#timers.keys()]) this.take(id);
  }
}
