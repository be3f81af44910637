/** A client of our own, for what curl does not do: to ask in parts, to leave, and to read late. */
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type HttpAnswer, readHead } from './answer.ts';
import type { HttpRequest } from './http-task.ts';

/** Between the two parts of a request. */
const PAUSE_MS = 30;
/** Taken before it leaves. */
const LEAVES_AFTER_BYTES = 65_536;

/** Asks once. @param ready resolves when a held client may read @param heard told of every byte */
export async function askOnce(
  port: number,
  { range, by }: HttpRequest,
  ready: Promise<void>,
  heard: () => void,
): Promise<HttpAnswer> {
  const socket = createConnection({ port, host: '127.0.0.1' });
  if (by === 'held') socket.pause();
  const pieces: Buffer[] = [];
  let trouble: string | null = null;
  socket.on('error', ({ message }) => {
    trouble = message;
  });
  socket.on('data', (piece: Buffer) => {
    pieces.push(piece);
    heard();
    if (by === 'leaves' && pieces.reduce((sum, one) => sum + one.length, 0) > LEAVES_AFTER_BYTES) socket.destroy();
  });
  const closed = once(socket, 'close');
  await Promise.race([once(socket, 'connect'), closed]);
  const asked = `GET /file HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${range === null ? '' : `Range: bytes=${range}\r\n`}\r\n`;
  const half = by === 'parts' ? Math.ceil(asked.length * 0.7) : asked.length;
  socket.write(asked.slice(0, half));
  if (half < asked.length) {
    await wait(PAUSE_MS);
    socket.write(asked.slice(half));
  }
  if (by === 'held') {
    await ready;
    socket.resume();
  }
  await closed;
  const all = Buffer.concat(pieces);
  const end = all.indexOf('\r\n\r\n');
  const headBytes = end < 0 ? all.length : end + 4;
  return { ...readHead(all.toString('latin1', 0, headBytes)), headBytes, body: all.subarray(headBytes), trouble };
}
