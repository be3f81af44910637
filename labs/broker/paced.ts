/** Small fetches at a fixed rate: how late each answer is. */
import type { LookAnswer, PacedAnswer, Target } from '#broker/client/protocol.ts';
import type { Child } from '#machine/child.ts';
import type { WorkerAnswer } from '#measure/task.ts';
import { ask } from './ask.ts';
import type { Server } from './servers.ts';
import { weigh } from './weigh.ts';

/** Requests of a sample, and the time between their planned starts: 2000 a second. */
const REQUESTS = 300;
const INTERVAL_NS = 500_000;

export async function pacedSample(
  client: Child,
  { pid }: Server,
  at: Target,
  looked: LookAnswer,
): Promise<WorkerAnswer> {
  const paced = { do: 'paced', at, requests: REQUESTS, intervalNs: INTERVAL_NS } as const;
  const { got, weight } = await weigh(pid, () => ask<PacedAnswer>(client, paced));
  const { bytes, wallNs, latenciesNs } = got;
  return {
    wallNs,
    ...weight,
    work: { bytes, check: looked.sha256, extra: { operations: REQUESTS }, latenciesNs },
  };
}
