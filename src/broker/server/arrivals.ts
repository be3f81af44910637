/** Tells fetches that wait for records that some have come. */
export class Arrivals {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Records were appended. */
  announce(topic: string, partition: number): void {
    for (const look of [...(this.#waiting.get(keyOf(topic, partition)) ?? [])]) look();
  }

  /** Nothing more will come: everybody looks a last time. */
  end(): void {
    for (const look of [...this.#waiting.values()].flatMap((looks) => [...looks])) look();
  }

  /** Calls `look` whenever something came for one of the partitions. @returns what ends that */
  listen(partitions: readonly { readonly topic: string; readonly partition: number }[], look: () => void): () => void {
    const keys = partitions.map(({ topic, partition }) => keyOf(topic, partition));
    for (const key of keys) this.#waiting.set(key, (this.#waiting.get(key) ?? new Set()).add(look));
    return () => {
      for (const key of keys) {
        const looks = this.#waiting.get(key);
        looks?.delete(look);
        if (looks?.size === 0) this.#waiting.delete(key);
      }
    };
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}
