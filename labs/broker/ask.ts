import type { ClientQuestion } from '#broker/client/protocol.ts';
import type { Child } from '#machine/child.ts';

const DEADLINE_MS = 120_000;

/** Asks a client process and waits for its answer. @throws {ChildBroke | ChildTimeout} */
export async function ask<T = object>(client: Child, question: ClientQuestion): Promise<T> {
  return await client.ask<T>(question, DEADLINE_MS);
}
