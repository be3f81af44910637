/** What the answers to a case's requests have to be, by the broker of the exercise itself: for both judges of fetches. */
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { NoEvidence } from '../run-program.ts';
import type { FetchAttempt } from './fetch-attempt.ts';
import { frameBytes } from './fetch-frame.ts';
import type { FetchDue, FetchRequest, FetchTools } from './fetch-task.ts';

/** A data folder by the name that a trace has for it. */
export function makeFolder(own: string): string {
  const folder = join(realpathSync(own), 'data');
  mkdirSync(folder);
  return folder;
}

/** What each request is due. */
export async function duesOf(
  tools: FetchTools,
  folder: string,
  requests: readonly FetchRequest[],
): Promise<FetchDue[]> {
  using broker = tools.open(folder);
  const dues: FetchDue[] = [];
  for (const [at, { offset, maxBytes }] of requests.entries()) {
    const due = await broker.answer(tools.request(at + 1, offset, maxBytes).subarray(4), 0);
    if (Buffer.isBuffer(due))
      throw new NoEvidence('A Fetch was answered by the broker itself: nobody can be judged by it');
    dues.push(due);
  }
  return dues;
}

/** Requests with the lengths of their answers. */
export function asksOf(tools: FetchTools, requests: readonly FetchRequest[], dues: readonly FetchDue[]) {
  return requests.map(({ offset, maxBytes }, at) => ({
    frame: tools.request(at + 1, offset, maxBytes),
    answerBytes: frameBytes(dues[at] as FetchDue),
  }));
}

/** As of one receiver, for what is said of how a program ended. */
export function asAttempt<T>({ ending, processesLeft, tally }: FetchAttempt<T>, bytes: number) {
  const received = { bytes, difference: null, matchingOther: 0, senderPort: 0 };
  return { ending, received, processesLeft, output: '', tally };
}
