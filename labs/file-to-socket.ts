/**
 * What does each copy cost when a file goes to a socket?
 *
 * Shows: CPU time, wall time, system calls, faults and switches of five ways to send the same file to the same receiver
 * in the same order of magnitude of bytes, on this machine. With --full also the file as a row of answers of 63.5 KiB, with
 * and without a header, from the start of a page and from an odd byte inside of one.
 * Leaves out: the network card and its DMA (there is none on loopback), cold files, many connections, TLS.
 */
import { createReadStream } from 'node:fs';
import { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { runFile } from '#cli/run-file.ts';
import { defineLab, type SendFunction } from '#measure/lab.ts';
import { timeTransfers } from '#measure/transfers.ts';
import { mmapWrite } from '#transfer/mmap-write.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';
import { splice } from '#transfer/splice.ts';
import { wholeFile } from '#transfer/whole-file.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
/** With a header still one segment of loopback; and one that begins here touches a page more. */
const ANSWER_BYTES = 65_024;
const ODD_BYTES = 2049;
/** Kafka's fetch response has some sixty before the records of one partition. */
const HEADER_BYTES = 60;
const answers = [0, HEADER_BYTES].flatMap((headerBytes) =>
  [0, ODD_BYTES].map((offsetBytes) => ({ link: 'tcp', chunk: ANSWER_BYTES, headerBytes, offsetBytes })),
);
const everyLink = ['tcp', 'tcp-100k', 'unix'] as const;

/** What a Node programmer writes: a read stream piped to the socket. */
const nodeStream: SendFunction = async ({ path }, descriptor, chunk) => {
  const socket = new Socket({ fd: descriptor, readable: false, writable: true });
  await pipeline(createReadStream(path, { highWaterMark: chunk }), socket);
  socket.destroy();
};

const lab = defineLab({
  id: 'file-to-socket',
  kind: 'time',
  title: 'From a file to a socket, five ways',
  question: 'What does each copy cost when a file goes to a socket?',
  first: 1,
  shows: [
    'CPU time of sender and receiver per GiB, wall time, system calls, faults and context switches',
    'with --full also answers of 63.5 KiB, with and without a header, from the start of a page and from inside of one',
    'the same file, receiver and socket options for every way, in an order drawn anew each round',
  ],
  leavesOut: ['a network card and its DMA', 'files that are not in memory', 'many connections at once', 'TLS'],
  needs: [],
  variants: {
    'read-write': 'read + write',
    'mmap-write': 'mmap + write',
    sendfile: 'sendfile',
    splice: 'splice',
    'node-stream': "Node's stream",
  },
  senders: {
    'read-write': readWrite,
    'mmap-write': mmapWrite,
    // sendfile has no buffer to size: one call is asked for everything that is left.
    sendfile: wholeFile(sendfile),
    splice,
    'node-stream': nodeStream,
  },
  baseline: 'read-write',
  factors: { headerBytes: 'answers with a header of {}', offsetBytes: 'starting {} into a page' },
  cost: {
    quick: { seconds: 20, diskBytes: 48 * MiB, memoryBytes: 200 * MiB },
    default: { seconds: 60, diskBytes: 256 * MiB, memoryBytes: 400 * MiB },
    full: { seconds: 240, diskBytes: 256 * MiB, memoryBytes: 400 * MiB },
  },
  run: timeTransfers({
    quick: { links: everyLink, chunks: [64 * KiB], rounds: 31, bytes: 48 * MiB },
    default: { links: everyLink, chunks: [64 * KiB], rounds: 15, bytes: 256 * MiB },
    full: {
      links: everyLink,
      chunks: [64 * KiB, 4 * KiB],
      rounds: 15,
      bytes: 128 * MiB,
      settings: answers,
      // A stream of Node's has no way to hold a header back.
      skip: (variant, { headerBytes }) => variant === 'node-stream' && headerBytes !== undefined,
    },
  }),
});

export default lab;

runFile(import.meta, lab);
