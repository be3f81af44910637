/** The walk-through of Kafka's basics, followed as it is written: what each command prints is what the page shows. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clone, type Place, place } from '../cli/zc.ts';
import { readPage } from './prose.ts';
import { type Step, saysTheSame, stepsOf } from './walkthrough.ts';

const run = promisify(execFile);
const steps = stepsOf(readPage('kafka/basics.mdx', readFileSync('content/kafka/basics.mdx', 'utf8')).body);
const folder = mkdtempSync(join(tmpdir(), 'zc-by-hand-'));
let home: Place;
let here: (text: string) => string;
let server: Server | null = null;

beforeAll(async () => {
  home = place();
  const port = await freePort();
  // The page's folder and port, where the test has others: they are words of the text in commands and outputs alike.
  here = (text) => text.replaceAll('/tmp/by-hand', join(folder, 'data')).replaceAll('9092', `${port}`);
});
afterAll(async () => {
  await server?.end();
  home[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

test('has a broker, a reader and a group', () => {
  const lines = steps.map(({ line }) => line).join('\n');
  for (const each of ['./zc broker', 'kcat -b', ' -P ', ' -C ', ' -G ', './zc inspect']) expect(lines).toContain(each);
});

// In the order of the page: each step needs what those before it have left.
describe('kafka/basics', () => {
  test.each(steps.map((step, index) => [index + 1, step.line, step] as const))('step %i: %s', async (_, __, step) => {
    if (step.stays) {
      await server?.end();
      server = await Server.start(step);
    } else {
      const { stdout } = await run('/bin/sh', ['-c', here(step.line)], { cwd: folder, timeout: 60_000 });
      expect(stdout.trimEnd()).toBe(here(step.shows ?? ''));
    }
  });

  test('what the servers say at their end', async () => {
    await server?.end();
    server = null;
  });
});

/** What the page leaves running in the first terminal, in a process group of its own, as a shell would have it. */
class Server {
  readonly #child: ChildProcess;
  readonly #step: Step;
  #printed = '';

  static async start(step: Step): Promise<Server> {
    const server = new Server(step);
    await server.#says('A broker listens on');
    if (step.shows !== null) expect(server.#printed.trimEnd()).toBe(here(step.shows));
    return server;
  }

  private constructor(step: Step) {
    this.#step = step;
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    this.#child = spawn('/bin/sh', ['-c', here(step.line)], {
      cwd: clone,
      env: home.env,
      detached: true,
      stdio: [...stdio],
    });
    this.#child.stdout?.on('data', (text) => {
      this.#printed += text;
    });
  }

  async #says(words: string): Promise<void> {
    while (!this.#printed.includes(words) || !this.#printed.endsWith('\n')) {
      await Promise.race([
        once(this.#child.stdout!, 'data'),
        once(this.#child, 'close').then(() => expect.fail(this.#printed)),
      ]);
    }
  }

  /** Ctrl-C, and a look at what it says then. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'close');
    process.kill(-this.#child.pid!, 'SIGINT');
    await closed;
    const { showsAtEnd } = this.#step;
    if (showsAtEnd !== null) expect(saysTheSame(this.#printed, showsAtEnd), this.#printed).toBe(true);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
