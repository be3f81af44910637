/** One run of a learner's HTTP server, and all requests that are put to it, one after the other. */
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Tally } from '#model/tally.ts';
import type { Ending } from '../attempt.ts';
import type { Bench } from '../bench.ts';
import type { Report } from '../job.ts';
import { runProgram } from '../run-program.ts';
import type { HttpAnswer } from './answer.ts';
import { askOnce } from './client.ts';
import { curl, curlHas } from './curl.ts';
import type { HttpJob, HttpRequest } from './http-task.ts';

export interface HttpAttempt {
  readonly ending: Ending;
  /** In the order of the requests; fewer when the server ended before the last. */
  readonly answers: readonly HttpAnswer[];
  readonly port: number;
  readonly processesLeft: number;
  /** Of a traced attempt. */
  readonly tally: Tally | null;
}

const program = fileURLToPath(new URL('./run-http.ts', import.meta.url));

/** No byte for so long, once it was asked: it hangs. */
const SILENT_MS = 2000;
const SILENT_TRACED_MS = 10_000;
/** Until it listens: Node starts, which a busy machine can make slow. */
const START_MS = 20_000;
const LOOK_MS = 10;

/**
 * Runs the server and asks it.
 * @param beforeReading done when the server has ended and before a held client reads
 */
export async function attemptHttp(
  asked: Omit<HttpJob, 'report' | 'portFile' | 'connections'>,
  requests: readonly HttpRequest[],
  bench: Bench,
  traced: boolean,
  beforeReading: () => void = () => {},
): Promise<HttpAttempt> {
  const [report, portFile] = [join(bench.folder, 'answered.json'), join(bench.folder, 'port')];
  const jobFile = join(bench.folder, 'http.json');
  for (const file of [report, portFile]) rmSync(file, { force: true });
  writeFileSync(
    jobFile,
    JSON.stringify({ ...asked, connections: requests.length, portFile, report } satisfies HttpJob),
  );
  const out = openSync(join(bench.folder, 'output.txt'), 'w');
  const silence = new Silence(traced ? SILENT_TRACED_MS : SILENT_MS, bench);
  try {
    const running = runProgram([program, jobFile], { out, hangs: () => silence.tooLong(), bench, traced });
    const over = running.then(
      () => true,
      () => true,
    );
    let ended = false;
    void over.then(() => {
      ended = true;
    });
    const port = await portOf(portFile, over);
    const ready = over.then(beforeReading);
    const answers: HttpAnswer[] = [];
    if (port !== null) {
      silence.heard();
      for (const request of requests) {
        if (ended) break;
        answers.push(await askBy(request, port, bench, ready, () => silence.heard()));
        silence.heard();
      }
    }
    const { broken, code, signal, processesLeft, tally } = await running;
    const written = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : null;
    const ending = broken ?? written ?? { state: 'exited', code, signal };
    return { ending, answers, port: port ?? 0, processesLeft, tally };
  } finally {
    closeSync(out);
  }
}

async function askBy(
  request: HttpRequest,
  port: number,
  bench: Bench,
  ready: Promise<void>,
  heard: () => void,
): Promise<HttpAnswer> {
  const { by, range } = request;
  return by === 'curl' || by === 'curl-to-the-end'
    ? await curl(port, range, by === 'curl-to-the-end', bench)
    : await askOnce(port, request, ready, heard);
}

/** The port, as soon as it listens; null when it ended before. */
async function portOf(file: string, over: Promise<boolean>): Promise<number | null> {
  for (;;) {
    const ended = await Promise.race([over, wait(LOOK_MS, false)]);
    if (existsSync(file)) return Number(readFileSync(file, 'utf8'));
    if (ended) return null;
  }
}

/** How long nothing was heard of the server. */
class Silence {
  readonly #most: number;
  readonly #bench: Bench;
  readonly #begun = performance.now();
  #heardMs: number | null = null;
  #had = 0;

  constructor(most: number, bench: Bench) {
    this.#most = most;
    this.#bench = bench;
  }

  heard(): void {
    this.#heardMs = performance.now();
  }

  tooLong(): boolean {
    const has = curlHas(this.#bench);
    if (has !== this.#had && this.#heardMs !== null) this.heard();
    this.#had = has;
    return this.#heardMs === null
      ? performance.now() - this.#begun > START_MS
      : performance.now() - this.#heardMs > this.#most;
  }
}
