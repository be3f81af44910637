/** One run of a learner's program against a receiver: what came, how the program ended, and what it left behind. */
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tally } from '#model/tally.ts';
import type { Bench } from './bench.ts';
import type { Job, Report } from './job.ts';
import type { Broken } from './limits.ts';
import type { Peer, Received } from './peer.ts';
import { NoEvidence, runProgram } from './run-program.ts';

export type Ending =
  | Report
  | Broken
  /** It ended without a report: by process.exit, or by a signal. */
  | { readonly state: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null };

export interface Attempt {
  readonly ending: Ending;
  readonly received: Received;
  readonly processesLeft: number;
  /** What it printed, both streams, the end of it. */
  readonly output: string;
  /** Of a traced attempt. */
  readonly tally: Tally | null;
}

const program = fileURLToPath(new URL('./run-job.ts', import.meta.url));

/** No byte for so long, after the connection was made: it hangs, or turns for ever. */
const SILENT_MS = 2000;
const SILENT_TRACED_MS = 10_000;
/** Until the connection is made: Node starts, which a busy machine can make slow. */
const START_MS = 20_000;
/** Kept of what it prints. */
const OUTPUT_BYTES = 4096;

export type Asked = Omit<Job, 'port' | 'report'>;

/**
 * Runs the job once.
 * @param beforeOpening done when the program has ended and before a held receiver reads
 * @throws {NoEvidence} when the program never connected and nobody can say why
 */
export async function attempt(
  asked: Asked,
  peer: Peer,
  bench: Bench,
  traced: boolean,
  beforeOpening: () => void = () => {},
): Promise<Attempt> {
  const report = join(bench.folder, 'report.json');
  const jobFile = join(bench.folder, 'job.json');
  rmSync(report, { force: true });
  writeFileSync(jobFile, JSON.stringify({ ...asked, port: peer.port, report } satisfies Job));
  const output = join(bench.folder, 'output.txt');
  const out = openSync(output, 'w');
  const begun = performance.now();
  const silent = traced ? SILENT_TRACED_MS : SILENT_MS;
  const hangs = () =>
    peer.lastHeardMs === null ? performance.now() - begun > START_MS : performance.now() - peer.lastHeardMs > silent;
  try {
    const ended = await runProgram([program, jobFile], { out, hangs, bench, traced });
    const connected = await peer.connected();
    beforeOpening();
    peer.open();
    const ending = ended.broken ?? readReport(report) ?? { state: 'exited', code: ended.code, signal: ended.signal };
    if (!connected && ending.state === 'returned')
      throw new NoEvidence('A program came to its end and never connected: nothing can be said about it');
    const text = readFileSync(output, 'utf8').slice(-OUTPUT_BYTES);
    const { tally, processesLeft } = ended;
    return { ending, received: await peer.received(), processesLeft, output: text, tally };
  } finally {
    closeSync(out);
  }
}

function readReport(path: string): Report | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : null;
}
