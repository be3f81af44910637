import type { Member } from './member.ts';

/** Who is in a group, in the order in which they came, and what they agree on. */
export class Members {
  readonly #byId = new Map<string, Member>();

  get size(): number {
    return this.#byId.size;
  }

  /** Id of the one who came first; undefined when nobody is there. */
  get first(): string | undefined {
    return this.all()[0]?.id;
  }

  all(): readonly Member[] {
    return [...this.#byId.values()];
  }

  get(id: string): Member | undefined {
    return this.#byId.get(id);
  }

  add(member: Member): void {
    this.#byId.set(member.id, member);
  }

  /** @returns whether it was there */
  remove(member: Member): boolean {
    member.forget();
    return this.#byId.delete(member.id);
  }

  /** Ways to assign partitions that every member offers, in the order of the first one. */
  commonProtocols(): readonly string[] {
    const [first, ...others] = this.all();
    const names = first?.protocols.map(({ name }) => name) ?? [];
    return names.filter((name) => others.every(({ protocols }) => protocols.some((one) => one.name === name)));
  }

  /** The way that most members like best among those that all offer; '' when nobody is there. */
  favouriteProtocol(): string {
    const common = this.commonProtocols();
    const votes = new Map<string, number>();
    for (const { protocols } of this.all()) {
      const favourite = protocols.find(({ name }) => common.includes(name))?.name;
      if (favourite !== undefined) votes.set(favourite, (votes.get(favourite) ?? 0) + 1);
    }
    return common.toSorted((a, b) => (votes.get(b) ?? 0) - (votes.get(a) ?? 0))[0] ?? '';
  }
}
