/**
 * What happens to latency and its spread when the page is not in memory?
 *
 * Shows: one thread serves slices of 64 KiB over a socket that does not wait and is empty. How long each request holds the
 * thread, and so everybody else on it: by read + write and by sendfile, from memory and from the disk; and with three
 * remedies: to ask first whether the slice is in memory, to have the kernel read ahead, to let another thread read.
 * Leaves out: spinning disks, full sockets, many connections, and a disk that others use as well.
 */
import { join } from 'node:path';
import { runFile } from '#cli/run-file.ts';
import { EAGAIN, fadvise, fileAdvice, Mapping, OffsetCell, preadvNoWait, vectorOf } from '#libc';
import { startDrain } from '#measure/drain.ts';
import { defineLab } from '#measure/lab.ts';
import { ReadingThread } from '#measure/reading-thread.ts';
import { makeSourceFile } from '#measure/source-file.ts';
import type { Task } from '#measure/task.ts';
import { timeTasks } from '#measure/tasks.ts';
import { APART_BYTES, type OpenServer, SLICE_BYTES, serveSlices } from '#measure/turns.ts';
import { preadWhole, sendfileWhole, writeWhole } from '#measure/whole.ts';
import type { Factors } from '#model/result.ts';

const MiB = 2 ** 20;
/** Requests of a sample: enough for a percentile that nine of ten keep. */
const REQUESTS = 128;
const FILE_BYTES = REQUESTS * APART_BYTES;
/** How many requests ahead the kernel is told of. */
const AHEAD = 8;
/** How long a loop sleeps that has nothing to do but to wait for the disk, milliseconds. */
const NAP_MS = 0.2;

/** What most programs do: read into a buffer, write to the socket. */
const readWrite: OpenServer = (file, socket) => {
  const buffer = Mapping.anonymous(SLICE_BYTES);
  buffer.view().fill(1);
  return {
    turn(offset) {
      preadWhole(file, buffer.address, SLICE_BYTES, offset);
      writeWhole(socket, buffer.address, SLICE_BYTES);
      return 'sent';
    },
    [Symbol.dispose]: () => buffer[Symbol.dispose](),
  };
};

/** The socket does not wait, but the file does: O_NONBLOCK has no meaning for regular files (open(2)). */
const sendfile: OpenServer = (file, socket) => {
  const cell = new OffsetCell();
  return {
    turn(offset) {
      sendfileWhole(socket, file, cell, offset, SLICE_BYTES);
      return 'sent';
    },
    [Symbol.dispose]: () => cell[Symbol.dispose](),
  };
};

/** Tells the kernel some requests before their turn that they will be needed. */
const readAhead: OpenServer = (file, socket) => {
  const own = sendfile(file, socket);
  let expected: readonly number[] = [];
  const announce = (at: number) => {
    const offset = expected[at];
    if (offset !== undefined) fadvise(file, fileAdvice.willNeed, offset, SLICE_BYTES);
  };
  return {
    ...own,
    expect(offsets) {
      expected = offsets;
      for (let at = 0; at < AHEAD; at++) announce(at);
    },
    turn(offset, at) {
      announce(at + AHEAD);
      return own.turn(offset, at);
    },
  };
};

/** Asks whether the first and the last page are there. If not, it has them brought, and serves somebody else meanwhile. */
const noWait: OpenServer = (file, socket) => {
  const own = sendfile(file, socket);
  const byte = Mapping.anonymous(1);
  const vector = vectorOf([{ address: byte.address, length: 1 }]);
  const nap = new Int32Array(new SharedArrayBuffer(4));
  const isThere = (offset: number) => preadvNoWait(file, vector, offset) !== -EAGAIN;
  return {
    turn(offset, at) {
      if (isThere(offset) && isThere(offset + SLICE_BYTES - 1)) return own.turn(offset, at);
      fadvise(file, fileAdvice.willNeed, offset, SLICE_BYTES);
      return 'put off';
    },
    idle: () => void Atomics.wait(nap, 0, 0, NAP_MS),
    [Symbol.dispose]() {
      for (const one of [own, byte, vector]) one[Symbol.dispose]();
    },
  };
};

/** Lets another thread read the slice; what it has read is in memory. */
const helped =
  (thread: ReadingThread): OpenServer =>
  (file, socket) => {
    const own = sendfile(file, socket);
    return {
      ...own,
      expect: (offsets) => thread.read(offsets),
      turn: (offset, at) => (thread.has(at) ? own.turn(offset, at) : 'put off'),
      idle: (at) => thread.await(at),
    };
  };

const pathIn = (folder: string) => join(folder, 'source.bin');
const task =
  (name: string, open: OpenServer): Task =>
  (setting) =>
    serveSlices(name, open, pathIn(setting.folder), setting);

const withHelper: Task = async (setting) => {
  const path = pathIn(setting.folder);
  const thread = await ReadingThread.start(path, SLICE_BYTES, REQUESTS);
  const { run, [Symbol.dispose]: dispose } = serveSlices('helper', helped(thread), path, setting);
  return {
    run,
    [Symbol.dispose]() {
      dispose();
      thread[Symbol.dispose]();
    },
  };
};

const settings = [
  { link: 'tcp', file: 'on disk' },
  { link: 'tcp', file: 'in memory' },
];
/** The remedies are for files on the disk: a short run tries them there alone. */
const remedyInMemory = (variant: string, { file }: Factors) =>
  file === 'in memory' && variant !== 'read-write' && variant !== 'sendfile';
const cost = { diskBytes: FILE_BYTES, memoryBytes: 250 * MiB };

const lab = defineLab({
  id: 'cold-read',
  kind: 'time',
  title: 'Cold pages stall a thread',
  question: 'What happens to latency and its spread when the page is not in memory?',
  first: null,
  shows: [
    'how long a request for 64 KiB holds the thread that serves it, from memory and from the disk, by read + write and by sendfile',
    'what is left of it when the thread asks first, reads ahead, or lets another thread read',
  ],
  leavesOut: ['spinning disks', 'sockets that are full', 'many connections', 'a disk that others use as well'],
  needs: [
    { need: 'a work folder on a disk', without: 'only files in memory are served' },
    { need: 'RWF_NOWAIT in the work folder (preadv2)', without: 'asking first is left out' },
  ],
  variants: {
    'read-write': 'read + write',
    sendfile: 'sendfile',
    'sendfile-no-wait': 'sendfile, asking first',
    'sendfile-ahead': 'sendfile, reading ahead',
    'sendfile-helper': 'sendfile, another thread reads',
  },
  tasks: {
    'read-write': task('read-write', readWrite),
    sendfile: task('sendfile', sendfile),
    'sendfile-no-wait': task('no-wait', noWait),
    'sendfile-ahead': task('ahead', readAhead),
    'sendfile-helper': withHelper,
  },
  baseline: 'read-write',
  answer: { shape: 'distribution' },
  quantities: {
    operations: { title: 'requests', unit: 'count' },
    putOff: { title: 'put off at first', unit: 'count' },
  },
  factors: { file: 'file {}' },
  cost: { quick: { ...cost, seconds: 30 }, default: { ...cost, seconds: 45 }, full: { ...cost, seconds: 90 } },
  run: timeTasks(
    {
      quick: { rounds: 11, settings, skip: remedyInMemory },
      default: { rounds: 25, settings },
      full: { rounds: 51, settings },
    },
    {
      cache: 'both',
      async prepare(session) {
        const bytes = Math.ceil((session.request.bytes ?? FILE_BYTES) / APART_BYTES) * APART_BYTES;
        makeSourceFile(session.folder, Math.min(bytes, FILE_BYTES), session.request.seed);
        await startDrain(session);
      },
    },
  ),
});

export default lab;

runFile(import.meta, lab);
