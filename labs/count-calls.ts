/**
 * How many times do we cross into the kernel, and how often does the scheduler switch?
 *
 * Shows: the system calls of each way to send a file, counted by strace and held against the path model, and beside them
 * the page faults and the context switches of the sending process. They are three different things: a call and a fault
 * cross into the kernel and come back; a switch gives the processor to somebody else.
 * Leaves out: what any of it costs in time, and the calls of the receiver.
 */
import { createReadStream } from 'node:fs';
import { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { runFile } from '#cli/run-file.ts';
import { Descriptor, finishSending, open, setNonBlocking } from '#libc';
import { defineLab, type SendFunction } from '#measure/lab.ts';
import { MAX_CALL_BYTES } from '#model/paths/path.ts';
import { countCalls } from '#proof/calls/count-calls.ts';
import { mmapWrite } from '#transfer/mmap-write.ts';
import { sendPolling } from '#transfer/polling-loop.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';
import { splice } from '#transfer/splice.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** What a server does: a socket that does not wait. Each call takes what fits into the send buffer, and comes back. */
const pollingSendfile: SendFunction = async ({ path, bytes }, descriptor) => {
  using socket = new Descriptor(descriptor);
  using file = open(path);
  setNonBlocking(socket.fd, true);
  using mover = sendfile.open({ fd: file.fd, bytes }, socket, MAX_CALL_BYTES);
  const [outcome] = sendPolling([{ mover, sink: socket, offset: 0, count: bytes }]);
  if (outcome?.state === 'failed') throw outcome.error;
  finishSending(socket.fd);
};

/** What a Node programmer writes: a read stream piped to the socket. */
const nodeStream: SendFunction = async ({ path }, descriptor, chunk) => {
  const socket = new Socket({ fd: descriptor, readable: false, writable: true });
  await pipeline(createReadStream(path, { highWaterMark: chunk }), socket);
  socket.destroy();
};

const lab = defineLab({
  id: 'count-calls',
  kind: 'count',
  title: 'Calls, faults and context switches, counted',
  question: 'How many times do we cross into the kernel (faults too), and how often does the scheduler switch?',
  first: 3,
  shows: [
    'system calls of each way to send a file, as strace sees them, against what its path model predicts',
    "page faults and context switches of the sending process, which no trace disturbs: the kernel's own count",
  ],
  leavesOut: ['what a call, a fault or a switch costs', 'the calls of the receiver', 'a network card'],
  needs: [
    {
      need: 'strace, and leave to trace',
      without: "calls are the senders' own count, and those of Node's stream stay unknown",
    },
  ],
  variants: {
    'read-write': 'read + write',
    'mmap-write': 'mmap + write',
    sendfile: 'sendfile',
    'sendfile-polling': 'sendfile, non-blocking',
    splice: 'splice',
    'node-stream': "Node's stream",
  },
  senders: {
    'read-write': readWrite,
    'mmap-write': mmapWrite,
    sendfile,
    'sendfile-polling': pollingSendfile,
    splice,
    'node-stream': nodeStream,
  },
  baseline: 'read-write',
  cost: {
    quick: { seconds: 12, diskBytes: 4 * MiB, memoryBytes: 200 * MiB },
    default: { seconds: 30, diskBytes: 32 * MiB, memoryBytes: 250 * MiB },
    full: { seconds: 200, diskBytes: 256 * MiB, memoryBytes: 450 * MiB },
  },
  run: countCalls({
    links: ['tcp', 'tcp-100k', 'unix'],
    chunks: {
      'read-write': [4 * KiB, 64 * KiB],
      'mmap-write': [4 * KiB, 64 * KiB, 'whole'],
      sendfile: [4 * KiB, 64 * KiB, 'whole'],
      'sendfile-polling': ['whole'],
      splice: [4 * KiB, 64 * KiB],
      'node-stream': [64 * KiB],
    },
    bytes: { quick: 4 * MiB, default: 32 * MiB, full: 256 * MiB },
  }),
});

export default lab;

runFile(import.meta, lab);
