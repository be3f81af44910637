/** One run of a learner's server loop against several receivers. */
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tally } from '#model/tally.ts';
import type { Ending } from '../attempt.ts';
import type { Bench } from '../bench.ts';
import type { Report } from '../job.ts';
import type { Peer, Received } from '../peer.ts';
import { NoEvidence, runProgram } from '../run-program.ts';
import type { ServeJob } from './serve-task.ts';

export interface ServeAttempt {
  readonly ending: Ending;
  /** Of each client. */
  readonly received: readonly Received[];
  readonly processesLeft: number;
  /** Of a traced attempt. */
  readonly tally: Tally | null;
}

export interface Serving {
  /** In the order of the clients. */
  readonly peers: readonly Peer[];
  /** Reads nothing before the others have everything. */
  readonly stalling: Peer | null;
  readonly bench: Bench;
  readonly traced: boolean;
  /** Done when the program has ended and before held receivers read. */
  readonly beforeOpening?: () => void;
}

const program = fileURLToPath(new URL('./run-serve.ts', import.meta.url));

/** No byte to anybody for so long: it hangs, or turns for ever. */
const SILENT_MS = 2000;
const SILENT_TRACED_MS = 10_000;
/** Until the connections are made: Node starts, which a busy machine can make slow. */
const START_MS = 20_000;
/** How often it is looked whether the one that stalls may read. */
const LOOK_MS = 20;
/** Looks at which all others have everything before it may: the program has nobody else to serve for at least one of them. */
const LOOKS_ALONE = 2;

/** Runs the loop once. @throws {NoEvidence} when the program never connected and nobody can say why */
export async function attemptServe(
  asked: Omit<ServeJob, 'report'>,
  { peers, stalling, bench, traced, beforeOpening }: Serving,
): Promise<ServeAttempt> {
  const report = join(bench.folder, 'served.json');
  const jobFile = join(bench.folder, 'serve.json');
  rmSync(report, { force: true });
  writeFileSync(jobFile, JSON.stringify({ ...asked, report } satisfies ServeJob));
  const out = openSync(join(bench.folder, 'output.txt'), 'w');
  const others = peers.filter((peer) => peer !== stalling);
  let alone = 0;
  const looking = setInterval(() => {
    if (others.every(({ complete }) => complete)) alone++;
    if (alone === LOOKS_ALONE) stalling?.open();
  }, LOOK_MS);
  try {
    const hangs = silence(peers, traced ? SILENT_TRACED_MS : SILENT_MS);
    const ended = await runProgram([program, jobFile], { out, hangs, bench, traced });
    const connected = await Promise.all(peers.map((peer) => peer.connected()));
    beforeOpening?.();
    for (const peer of peers) peer.open();
    const written = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : null;
    const ending = ended.broken ?? written ?? { state: 'exited', code: ended.code, signal: ended.signal };
    if (connected.includes(false) && ending.state === 'returned')
      throw new NoEvidence('A program came to its end and never connected: nothing can be said about it');
    const received = await Promise.all(peers.map((peer) => peer.received()));
    return { ending, received, processesLeft: ended.processesLeft, tally: ended.tally };
  } finally {
    clearInterval(looking);
    closeSync(out);
  }
}

/** Whether nobody has heard anything for too long. */
function silence(peers: readonly Peer[], silentMs: number): () => boolean {
  const begun = performance.now();
  return () => {
    const heard = peers.flatMap(({ lastHeardMs }) => lastHeardMs ?? []);
    if (heard.length < peers.length) return performance.now() - begun > START_MS;
    return performance.now() - Math.max(...heard) > silentMs;
  };
}
