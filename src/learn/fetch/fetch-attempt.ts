/** One run of the small broker with a learner's answer to Fetch, and somebody who asks it. */
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Tally } from '#model/tally.ts';
import type { Ending } from '../attempt.ts';
import type { Bench } from '../bench.ts';
import type { Report } from '../job.ts';
import { runProgram } from '../run-program.ts';
import type { FetchJob } from './fetch-task.ts';

export interface FetchAttempt<T> {
  readonly ending: Ending;
  /** What came of asking; null when it never listened. */
  readonly asked: T | null;
  readonly port: number;
  readonly processesLeft: number;
  /** Of a traced attempt. */
  readonly tally: Tally | null;
}

/** What somebody who asks needs to know of the broker. */
export interface Running {
  readonly port: number;
  readonly answered: () => number;
  readonly over: () => boolean;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  readonly heard: () => void;
  /** Ends it. */
  readonly stop: () => void;
}

const program = fileURLToPath(new URL('./run-fetch.ts', import.meta.url));

/** A Fetch that is not answered, and no byte for so long: it hangs. */
const SILENT_MS = 2000;
const SILENT_TRACED_MS = 10_000;
/** Until it listens: Node starts, which a busy machine can make slow. */
const START_MS = 20_000;
const LOOK_MS = 10;

/** Runs the broker and asks it. @param beforeReading done when it has ended and before a held client reads */
export async function attemptFetch<T>(
  asked: Omit<FetchJob, 'report' | 'portFile' | 'progress' | 'stop'>,
  ask: (running: Running) => Promise<T>,
  bench: Bench,
  traced: boolean,
  beforeReading: () => void = () => {},
): Promise<FetchAttempt<T>> {
  const at = (name: string) => join(bench.folder, `fetch-${name}`);
  const job: FetchJob = {
    ...asked,
    report: at('report'),
    portFile: at('port'),
    progress: at('progress'),
    stop: at('stop'),
  };
  for (const file of [job.report, job.portFile, job.stop]) rmSync(file, { force: true });
  writeFileSync(job.progress, '');
  writeFileSync(at('job'), JSON.stringify(job));
  const out = openSync(at('output'), 'w');
  const silence = new Silence(traced ? SILENT_TRACED_MS : SILENT_MS, job.progress);
  try {
    const running = runProgram([program, at('job')], { out, hangs: () => silence.tooLong(), bench, traced });
    let over = false;
    const ended = running.then(
      () => beforeReading(),
      () => {},
    );
    void ended.then(() => {
      over = true;
    });
    const port = await portOf(job.portFile, () => over);
    silence.heard();
    const stop = () => writeFileSync(job.stop, '');
    const answered = () => statSync(job.progress).size >> 1;
    const heard = () => silence.heard();
    const found = port === null ? null : await ask({ port, answered, over: () => over, ended, heard, stop });
    stop();
    const { broken, code, signal, processesLeft, tally } = await running;
    const written = existsSync(job.report) ? (JSON.parse(readFileSync(job.report, 'utf8')) as Report) : null;
    const ending = broken ?? written ?? { state: 'exited', code, signal };
    return { ending, asked: found, port: port ?? 0, processesLeft, tally };
  } finally {
    closeSync(out);
  }
}

/** The port, as soon as it listens; null when it ended before. */
async function portOf(file: string, over: () => boolean): Promise<number | null> {
  for (;;) {
    if (existsSync(file)) return Number(readFileSync(file, 'utf8'));
    if (over()) return null;
    await wait(LOOK_MS);
  }
}

/** How long a Fetch is without an answer, and nothing was heard. */
class Silence {
  readonly #most: number;
  readonly #progress: string;
  readonly #begun = performance.now();
  #heardMs: number | null = null;
  #letters = 0;

  constructor(most: number, progress: string) {
    this.#most = most;
    this.#progress = progress;
  }

  heard(): void {
    this.#heardMs = performance.now();
  }

  tooLong(): boolean {
    const now = performance.now();
    if (this.#heardMs === null) return now - this.#begun > START_MS;
    const letters = statSync(this.#progress).size;
    // An even number of letters: no Fetch is being answered.
    if (letters !== this.#letters || letters % 2 === 0) this.heard();
    this.#letters = letters;
    return now - this.#heardMs > this.#most;
  }
}
