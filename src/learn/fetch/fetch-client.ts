/** A client of our own, which sees every byte of an answer: kcat shows only the records. */
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface FetchAsk {
  /** Requests with their lengths, and how long the answer to each is. */
  readonly requests: readonly { readonly frame: Buffer; readonly answerBytes: number }[];
  readonly receiver: 'reads' | 'late' | 'leaves' | 'held';
  /** How many requests were answered so far, as the broker says. */
  readonly answered: () => number;
  /** Whether the broker has ended. */
  readonly over: () => boolean;
  /** Resolves when a held client may read. */
  readonly ready: Promise<void>;
  /** Told of every byte. */
  readonly heard: () => void;
  /** Called when nothing more is to be asked: ends the broker. */
  readonly done: () => void;
}

const LOOK_MS = 5;
/** Bytes that are on their way when an answer is through arrive within that time. */
const GRACE_MS = 1000;
const LATE_MS = 200;
/** Taken before it leaves. */
const LEAVES_AFTER_BYTES = 65_536;

/** Asks one request after the other on one connection. @returns everything that arrived */
export async function askFetches(port: number, ask: FetchAsk): Promise<Buffer> {
  const socket = createConnection({ port, host: '127.0.0.1' });
  const pieces: Buffer[] = [];
  let [arrived, heardMs, closed] = [0, performance.now(), false];
  if (ask.receiver === 'held' || ask.receiver === 'late') socket.pause();
  // Whoever leaves, or is left, sees it by what arrived.
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
  });
  socket.on('data', (piece: Buffer) => {
    pieces.push(piece);
    arrived += piece.length;
    heardMs = performance.now();
    ask.heard();
    if (ask.receiver === 'leaves' && arrived > LEAVES_AFTER_BYTES) socket.destroy();
  });
  let expected = 0;
  for (const [at, { frame, answerBytes }] of ask.requests.entries()) {
    socket.write(frame);
    expected += answerBytes;
    if (ask.receiver === 'late' && at === 0) await wait(LATE_MS).then(() => socket.resume());
    const answered = () => ask.answered() > at;
    const quiet = () => answered() && performance.now() - heardMs > GRACE_MS;
    const enough = () => (ask.receiver === 'held' ? answered() : arrived >= expected && answered());
    while (!closed && !ask.over() && !enough() && !quiet()) await wait(LOOK_MS);
    if (ask.receiver === 'leaves') while (!ask.over() && !answered()) await wait(LOOK_MS);
    if (closed || arrived < expected) break;
  }
  ask.done();
  if (ask.receiver === 'held') {
    await ask.ready;
    socket.resume();
  }
  if (!closed) await once(socket, 'close');
  return Buffer.concat(pieces);
}
