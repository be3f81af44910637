/** A Java program that takes orders: it connects to us, and answers each line with a line. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pinned } from '#machine/pinned.ts';
import type { Program } from '#machine/program.ts';
import type { Session } from '#measure/session.ts';
import type { Jdk } from './jdk.ts';

/** It compiles itself first. */
const START_MS = 60_000;
const ANSWER_MS = 120_000;

/** What is measured is warm, so that the JVM's compiler has done its work. */
const flags = ['-Xmx256m', '-XX:+UseSerialGC'];

export class OrderTaker {
  readonly #program: Program;
  readonly #server: Server;
  #socket: Socket | null = null;
  readonly #answers: string[] = [];

  private constructor(server: Server, program: Program) {
    this.#server = server;
    this.#program = program;
    server.on('connection', (socket) => {
      this.#socket = socket;
      socket.on('error', () => {});
      createInterface({ input: socket }).on('line', (line) => this.#answers.push(line));
    });
  }

  /** Starts a file of this folder on one CPU and waits until it is there. @throws {ChildBroke} with Java's last words */
  static async start(session: Session, jdk: Jdk, file: string, cpu: number | null): Promise<OrderTaker> {
    const server = createServer();
    const port = await new Promise<number>((listening, failed) => {
      server.once('error', failed);
      server.listen(0, '127.0.0.1', () => listening((server.address() as AddressInfo).port));
    });
    // It must not keep this process alive when the run has ended otherwise.
    server.unref();
    const path = fileURLToPath(new URL(file, import.meta.url));
    const program = pinned(cpu, () => session.startProgram(jdk.path, [...flags, path, `${port}`]));
    const taker = new OrderTaker(server, program);
    await program.until(() => taker.#socket !== null, START_MS);
    return taker;
  }

  get pid(): number {
    return this.#program.pid;
  }

  /** One order, its words without tabs in them. @throws {ChildBroke} with Java's last words when it ended */
  async ask(...words: readonly (string | number)[]): Promise<string> {
    this.#socket?.write(`${words.join('\t')}\n`);
    await this.#program.until(() => this.#answers.length > 0, ANSWER_MS);
    return this.#answers.shift() as string;
  }

  /** Hangs up: the program ends then. */
  async end(): Promise<void> {
    this.#socket?.end();
    this.#server.close();
    await this.#program.end();
  }
}
