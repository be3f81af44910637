/** Fetches a file over HTTP or HTTPS, and counts the records it came in. Program. */
import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { answerQuestions } from '#machine/answering.ts';
import type { FetchAnswer, FetchQuestion } from './fetch.ts';
import { RecordCounter } from './record-counter.ts';

await answerQuestions<FetchQuestion>(async ({ port, name, tls, hash }): Promise<FetchAnswer> => {
  const raw = connect(port, '127.0.0.1');
  const counter = new RecordCounter();
  // The server's certificate was made for this run, and signed by nobody.
  const socket = tls ? connectTls({ socket: watched(raw, counter), rejectUnauthorized: false }) : raw;
  const sha = hash ? createHash('sha256') : null;
  let head = Buffer.alloc(0);
  let bytes = -1;
  const take = (body: Uint8Array) => {
    bytes += body.length;
    sha?.update(body);
  };
  return await new Promise((done, failed) => {
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      counter.records = 0;
      socket.write(`GET /${name} HTTP/1.0\r\n\r\n`);
    });
    socket.on('data', (chunk: Buffer) => {
      if (bytes >= 0) return take(chunk);
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) return;
      bytes = 0;
      take(head.subarray(end + 4));
    });
    for (const one of [socket, raw]) one.on('error', failed);
    // All has been seen now. What the server thinks of the way in which we leave (ECONNRESET) is no matter any more.
    socket.once('end', () => {
      const status = /^HTTP\/1\.\d 200/i.test(head.toString('latin1')) ? 200 : 0;
      done({ status, bytes: Math.max(0, bytes), hash: sha?.digest('hex') ?? null, records: counter.records });
      socket.destroy();
      raw.destroy();
    });
  });
});

/** The same connection, with every byte that comes in shown to the counter. */
function watched(raw: Socket, counter: RecordCounter): Duplex {
  const stream = new Duplex({
    read() {},
    write: (chunk, _, done) => raw.write(chunk, () => done()),
    final: (done) => raw.end(() => done()),
  });
  raw.on('data', (chunk: Buffer) => {
    counter.take(chunk);
    stream.push(chunk);
  });
  raw.once('end', () => stream.push(null));
  return stream;
}
