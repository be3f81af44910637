/** Runs a small broker whose Fetch a learner answers: `node run-fetch.ts JOB.json`. Started by fetch-attempt.ts. */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import {
  acceptNow,
  type Descriptor,
  EAGAIN,
  EINTR,
  listen,
  POLLIN,
  POLLOUT,
  PollSet,
  recvBytes,
  SyscallError,
  sendBytes,
  setNonBlocking,
  setOption,
  tcpInfo,
  waitFor,
} from '#libc';
import { faultsMet, injectFaults } from '../faults.ts';
import type { Report } from '../job.ts';
import { errorSentence, loadModule } from '../learner-module.ts';
import { watchLeftovers } from '../leftovers.ts';
import { observed } from '../observed.ts';
import { type FetchDue, type FetchJob, loadTools, type SmallBroker } from './fetch-task.ts';

type AnswerFetch = (socket: number, fetch: FetchDue) => unknown;

const MOST_CONNECTIONS = 12;
/** Small, so that a client who does not read fills it soon. */
const SEND_BUFFER_BYTES = 65_536;
const LOOK_MS = 5;
const CHUNK_BYTES = 65_536;

/** One client: bytes of frames that are not whole yet, and its answers, one behind the other. */
interface Connection {
  readonly socket: Descriptor;
  held: Buffer;
  answers: Promise<void>;
  open: boolean;
}

const job = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as FetchJob;
const thrown: (string | null)[] = [];
const unsent: number[] = [];
writeFileSync(job.report, JSON.stringify(await run()));

async function run(): Promise<Report> {
  const loaded = await loadModule(job.module);
  if (loaded.state === 'cannot-load') return loaded;
  const answer = loaded.exported[job.function];
  if (typeof answer !== 'function') return { state: 'no-export' };
  using broker = (await loadTools(job.tools)).open(job.folder);
  const { socket, address } = listen({ family: 'inet', port: 0 });
  using listener = socket;
  if (address.family !== 'inet') throw new TypeError(`Expected a port, found ${JSON.stringify(address)}`);
  setNonBlocking(listener.fd, true);
  using set = new PollSet(1 + MOST_CONNECTIONS);
  const connections: Connection[] = [];
  const leftovers = watchLeftovers();
  injectFaults(job.faults);
  say(address.port);
  while (!existsSync(job.stop)) {
    watch(set, listener.fd, connections);
    set.wait(LOOK_MS);
    takeConnections(listener.fd, connections);
    for (const one of connections) hear(one, broker, address.port, answer as AnswerFetch);
    await turn();
  }
  await Promise.all(connections.map(({ answers }) => answers));
  const { descriptors, ...left } = leftovers([job.path]);
  // The connections are ours.
  const others = descriptors.filter((name) => !name.startsWith('socket:'));
  const report: Report = {
    state: 'returned',
    left: { ...left, descriptors: others, faultsMet: faultsMet(), thrown, unsent, observed: observed() },
  };
  for (const one of connections) end(one);
  return report;
}

function watch(set: PollSet, listener: number, connections: readonly Connection[]): void {
  for (let place = 0; place < set.size; place++) set.clear(place);
  set.set(0, listener, POLLIN);
  for (const [at, { socket, open }] of connections.entries()) if (open) set.set(at + 1, socket.fd, POLLIN);
}

function takeConnections(listener: number, connections: Connection[]): void {
  while (connections.length < MOST_CONNECTIONS) {
    const socket = acceptNow(listener);
    if (!socket) return;
    setOption(socket.fd, 'SO_SNDBUF', SEND_BUFFER_BYTES);
    connections.push({ socket, held: Buffer.alloc(0), answers: Promise.resolve(), open: true });
  }
}

/** Takes what has come, and answers every frame that is whole. */
function hear(one: Connection, broker: SmallBroker, port: number, answer: AnswerFetch): void {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  while (one.open) {
    const got = recvBytes(one.socket.fd, chunk);
    if (got === -EAGAIN) break;
    if (got === -EINTR) continue;
    if (got <= 0) {
      end(one);
      return;
    }
    one.held = Buffer.concat([one.held, chunk.subarray(0, got)]);
  }
  while (one.held.length >= 4 && one.held.length >= 4 + one.held.readInt32BE(0)) {
    const size = one.held.readInt32BE(0);
    const frame = Buffer.from(one.held.subarray(4, 4 + size));
    one.held = one.held.subarray(4 + size);
    one.answers = one.answers.then(() => reply(one, frame, broker, port, answer));
  }
}

async function reply(one: Connection, frame: Buffer, broker: SmallBroker, port: number, answer: AnswerFetch) {
  if (!one.open) return;
  const due = await broker.answer(frame, port);
  if (!one.open) return;
  if (Buffer.isBuffer(due)) {
    sendAll(one, due);
    return;
  }
  appendFileSync(job.progress, 'b');
  try {
    await answer(one.socket.fd, due);
    thrown.push(null);
  } catch (error) {
    thrown.push(errorSentence(error, job.module));
  }
  // Nothing follows an answer without records, so nobody may keep it back.
  unsent.push(due.bytes === 0 && one.open ? tcpInfo(one.socket.fd).unsentBytes : 0);
  appendFileSync(job.progress, 'e');
  if (thrown.at(-1) !== null) end(one);
}

function sendAll(one: Connection, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    const sent = sendBytes(one.socket.fd, bytes.subarray(at));
    if (sent === -EAGAIN) waitFor(one.socket.fd, POLLOUT, -1);
    else if (sent < 0 && sent !== -EINTR) throw new SyscallError('send', -sent);
    else at += Math.max(0, sent);
  }
}

function end(one: Connection): void {
  if (one.open) one.socket[Symbol.dispose]();
  one.open = false;
}

/** The port appears whole or not at all. */
function say(port: number): void {
  writeFileSync(`${job.portFile}.half`, String(port));
  renameSync(`${job.portFile}.half`, job.portFile);
}
