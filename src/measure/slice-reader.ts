/** The thread of reading-thread.ts. Program of a worker thread: reads slices of a file in their order, and says how far it is. */
import { parentPort, workerData } from 'node:worker_threads';
import { Mapping, open } from '#libc';
import { END, KNOWN, READ, type ReadingOrder } from './reading-thread.ts';
import { preadWhole } from './whole.ts';

const { path, bytes, words, offsets } = workerData as ReadingOrder;
const word = new Int32Array(words);
const slices = new Float64Array(offsets);
using file = open(path);
using buffer = Mapping.anonymous(bytes);
buffer.view().fill(1);
parentPort?.postMessage('ready');

while (Atomics.load(word, END) === 0) {
  const read = Atomics.load(word, READ);
  const known = Atomics.load(word, KNOWN);
  if (read >= known) {
    Atomics.wait(word, KNOWN, known);
    continue;
  }
  preadWhole(file.fd, buffer.address, bytes, slices[read] as number);
  Atomics.add(word, READ, 1);
  Atomics.notify(word, READ);
}
