import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { Mapping, MSG_TRUNC, MSG_WAITALL, recv } from '../../src/machine/libc/index.ts';
import type { Reading, Received } from './receiving.ts';

const { fd, piece, pauseMs = 0, stopAfter = Number.POSITIVE_INFINITY, stamps } = workerData as Reading & { fd: number };
const port = parentPort as NonNullable<typeof parentPort>;
const memory = Mapping.anonymous(piece);
const MOST_TRIES = 10;
const sleeper = new Int32Array(new SharedArrayBuffer(4));
port.postMessage('ready');
port.postMessage(stamps ? readStamps(stamps) : readAll());

function readAll(): Received {
  const hash = createHash('sha256');
  let bytes = 0;
  while (bytes < stopAfter) {
    if (pauseMs > 0) Atomics.wait(sleeper, 0, 0, pauseMs);
    const got = recv(fd, memory.address, Math.min(piece, stopAfter - bytes));
    if (got <= 0) break;
    hash.update(memory.view().subarray(0, got));
    bytes += got;
  }
  return { bytes, sha256: hash.digest('hex'), stamps: [] };
}

/** Reads eight bytes. A sender that first reads 2 GiB may keep it waiting beyond the socket's timeout, on a busy machine. */
function readStamp(): number {
  for (let tries = 1; ; tries++) {
    const got = recv(fd, memory.address, 8, MSG_WAITALL);
    if (got >= 0 || tries === MOST_TRIES) return got;
  }
}

/** Discards up to each stamp, reads the stamp, and discards the rest. TCP only: AF_UNIX copies in spite of MSG_TRUNC. */
function readStamps(offsets: readonly number[]): Received {
  const found: bigint[] = [];
  let bytes = 0;
  const skipTo = (end: number) => {
    while (bytes < end) {
      const got = recv(fd, memory.address, Math.min(piece, end - bytes), MSG_TRUNC);
      if (got <= 0) return;
      bytes += got;
    }
  };
  for (const offset of offsets) {
    skipTo(offset);
    bytes += Math.max(0, readStamp());
    found.push(memory.view().readBigUInt64LE(0));
  }
  skipTo(Number.POSITIVE_INFINITY);
  return { bytes, sha256: '', stamps: found };
}
