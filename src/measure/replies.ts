/** Replies at a fixed rate: a server and a client, one connection, and the time of every reply. */
import type { Address } from '#libc';
import type { Child } from '#machine/child.ts';
import type { Crew } from './crew.ts';
import type { Lab } from './lab.ts';
import type { AskAnswer, AskQuestion, ServeAnswer, ServerQuestion } from './reply-protocol.ts';
import type { Mode } from './request.ts';
import type { Cell } from './schedule.ts';
import type { Session } from './session.ts';
import { type MadeFile, makeSourceFile, warm } from './source-file.ts';
import type { WorkerAnswer } from './task.ts';
import { timeCrew } from './tasks.ts';

/** How much a mode measures. */
export interface ReplyAmount {
  readonly rounds: number;
  /** Sizes of a reply, bytes. */
  readonly replies: readonly number[];
  /** Requests in a sample. */
  readonly requests: number;
}

const MiB = 2 ** 20;
const FILE_BYTES = 8 * MiB;
/** Time between two planned starts. */
const INTERVAL_NS = 5e5;
const DEADLINE_MS = 60_000;

/** The `run` of a lab with techniques as senders whose answer is how long replies take. */
export function timeReplies(amounts: Record<Mode, ReplyAmount>): Lab['run'] {
  return async (lab, session) => {
    const { request, environment } = session;
    const { rounds, replies, requests } = amounts[request.mode];
    const file = makeSourceFile(session.folder, Math.max(FILE_BYTES, request.bytes ?? 0), request.seed);
    warm(file.path);
    const sizes = request.bytes === null ? replies : [request.bytes];
    const amount = { rounds, settings: sizes.map((bytes) => ({ link: 'tcp', bytes })) };
    const congestion = environment.tcp.congestionControlUsed ?? 'reno';
    const run = timeCrew({ quick: amount, default: amount, full: amount }, () =>
      openReplies(session, file, { requests, congestion }),
    );
    const result = await run(lab, session);
    return { ...result, parameters: { ...result.parameters, requests, intervalNs: INTERVAL_NS } };
  };
}

interface Asking {
  readonly requests: number;
  readonly congestion: string;
}

async function openReplies(session: Session, file: MadeFile, asking: Asking): Promise<Crew> {
  const { placement, labFile } = session;
  const server = session.startChild('server', new URL('./reply-server.ts', import.meta.url), placement.sender);
  const client = session.startChild('client', new URL('./reply-client.ts', import.meta.url), placement.receiver);
  const spin = placement.sender !== null;
  const listening: ServerQuestion = { do: 'listen', congestion: asking.congestion };
  const { address } = await server.ask<{ address: Address }>(listening, DEADLINE_MS);

  return {
    async work({ variant, factors }: Cell, round: number): Promise<WorkerAnswer> {
      const bytes = Number(factors.bytes);
      const serve: ServerQuestion = { do: 'serve', lab: labFile, variant, path: file.path, bytes, spin };
      const seed = (session.request.seed + round) % 2 ** 32;
      const ask: AskQuestion = {
        do: 'ask',
        ...asking,
        address,
        bytes,
        fileBytes: file.bytes,
        intervalNs: INTERVAL_NS,
        seed,
      };
      server.tell(serve);
      const [asked, served] = await bothOf<AskAnswer, ServeAnswer>(client, ask, server);
      const { cpuNs, calls, ...usage } = served;
      const { latenciesNs, wallNs, sha256 } = asked;
      const extra = { operations: latenciesNs.length };
      // Both spin between the requests: CPU time says nothing, and the client's is left out.
      return {
        wallNs,
        cpuNs,
        ...usage,
        work: { bytes: bytes * latenciesNs.length, check: sha256, calls, extra, latenciesNs },
      };
    },
    async emptyCallNs() {
      const question: ServerQuestion = { do: 'empty-calls' };
      return (await server.ask<{ ns: number }>(question, DEADLINE_MS)).ns;
    },
    end() {
      server.end();
      client.end();
    },
  };
}

/** Asks the one, and waits for both. When the client fails, the server sees it leave. */
async function bothOf<A, B>(client: Child, question: AskQuestion, server: Child): Promise<[A, B]> {
  client.tell(question);
  return await Promise.all([client.answer<A>(DEADLINE_MS), server.answer<B>(DEADLINE_MS)]);
}
