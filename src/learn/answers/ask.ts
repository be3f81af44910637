/** Asks a learner's file questions in a child process, and says what it answered and how that ended. */
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tally } from '#model/tally.ts';
import type { Call } from '#proof/calls/index.ts';
import type { Bench } from '../bench.ts';
import type { Leftovers } from '../leftovers.ts';
import type { Broken } from '../limits.ts';
import { NoEvidence, runProgram } from '../run-program.ts';
import type { Answer, Fact, Paper } from './paper.ts';

export type AskEnding =
  | { readonly state: 'answered'; readonly left: Leftovers }
  | Exclude<Fact, Answer | { readonly state: 'begun' | 'done' | 'broke' }>
  | Broken
  /** It ended in the middle: by process.exit, or by a signal. */
  | { readonly state: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null };

export interface Answers {
  /** In the order of the questions; fewer when it ended before the last. */
  readonly answers: readonly Answer[];
  readonly ending: AskEnding;
  readonly processesLeft: number;
  /** Of a traced run. */
  readonly tally: Tally | null;
}

const program = fileURLToPath(new URL('./run-paper.ts', import.meta.url));

/** Without an answer for so long, once the file is loaded: it hangs. */
const SILENT_MS = 5000;
/** Until the file is loaded: Node starts, which a busy machine can make slow. */
const START_MS = 20_000;

/**
 * Puts all questions in one process.
 * @param onCall told of every call; with it the process is traced
 * @throws {NoEvidence} when they could not be put
 */
export async function ask(
  asked: Omit<Paper, 'report'>,
  bench: Bench,
  onCall: ((call: Call) => void) | null = null,
): Promise<Answers> {
  const report = join(bench.folder, 'answers.txt');
  const paper = join(bench.folder, 'paper.json');
  rmSync(report, { force: true });
  writeFileSync(paper, JSON.stringify({ ...asked, report } satisfies Paper));
  const out = openSync(join(bench.folder, 'output.txt'), 'w');
  try {
    const traced = onCall !== null;
    bench.onTrial?.({ state: 'asking', questions: asked.questions.length, traced });
    const { code, signal, broken, processesLeft, tally } = await runProgram([program, paper], {
      out,
      hangs: silence(report),
      bench,
      traced,
      ...(onCall ? { onCall } : {}),
    });
    const facts = readFacts(report);
    const answers = facts.filter((fact) => fact.state === 'answer');
    const last = facts.at(-1);
    const ending: AskEnding = broken ?? endingOf(last) ?? { state: 'exited', code, signal };
    if (ending.state === 'answered' && answers.length !== asked.questions.length)
      throw new NoEvidence(`Expected ${asked.questions.length} answers, found ${answers.length}`);
    return { answers, ending, processesLeft, tally };
  } finally {
    closeSync(out);
  }
}

/** Whether nothing was said for too long. */
function silence(report: string): () => boolean {
  let [bytes, heardMs] = [0, performance.now()];
  return () => {
    const now = existsSync(report) ? statSync(report).size : 0;
    if (now !== bytes) [bytes, heardMs] = [now, performance.now()];
    return performance.now() - heardMs > (bytes === 0 ? START_MS : SILENT_MS);
  };
}

function readFacts(report: string): Fact[] {
  const lines = existsSync(report) ? readFileSync(report, 'utf8').split('\n') : [];
  // A line that is not ended was being written when the process was.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Fact);
}

function endingOf(last: Fact | undefined): AskEnding | null {
  if (last?.state === 'broke') throw new NoEvidence(`The questions could not be put: ${last.message}`);
  if (!last || last.state === 'begun' || last.state === 'answer') return null;
  return last.state === 'done' ? { state: 'answered', left: last.left } : last;
}
