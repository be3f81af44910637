/** The far end of a transfer under test: a worker thread that reads with plain calls while the main thread sends. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { accept, connect, type Descriptor, listen, setTimeouts } from '#libc';
import { addressFor, type Link, prepare } from '#machine/links.ts';

export interface Reading {
  /** Bytes asked for in one read. */
  readonly piece: number;
  /** Pause before each read, ms. */
  readonly pauseMs?: number;
  /** Close the connection after so many bytes. */
  readonly stopAfter?: number;
  /** Instead of hashing everything: offsets (in the stream) of 8-byte stamps to read; the rest is discarded. */
  readonly stamps?: readonly number[];
}

export interface Received {
  readonly bytes: number;
  readonly sha256: string;
  /** The stamps that were read, in order. */
  readonly stamps: readonly bigint[];
}

/** Both ends of a connection in this process. The receiver's timeouts bound a test that goes wrong. */
export function connectedPair(link: Link): { sender: Descriptor; receiver: Descriptor } {
  const { socket, address } = listen(addressFor(link));
  using listener = socket;
  const sender = connect(address, (fd) => prepare(fd, link, 'reno'));
  setTimeouts(sender.fd, 10_000);
  const receiver = accept(listener.fd);
  setTimeouts(receiver.fd, 10_000);
  return { sender, receiver };
}

/** Reads `fd` to its end in a worker thread, which is ready when the promise resolves. */
export async function startReading(fd: number, reading: Reading): Promise<{ result: Promise<Received> }> {
  const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), { workerData: { fd, ...reading } });
  await once(worker, 'message');
  return { result: once(worker, 'message').then(([received]) => received as Received) };
}
