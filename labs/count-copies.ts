/**
 * Four copies become two? Counts the bytes that the CPU copies inside the kernel while a file goes to a socket.
 *
 * Shows: for each way of sending, how many bytes were copied at each place for every byte sent, by which kernel function,
 * and how many went on as references to pages instead; the sum over all processes, counted twice in the same run.
 * Leaves out: memcpy inside the kernel and copies inside a program, which cannot be watched; what a disk or a network card
 * moves by DMA, which is no copy of the CPU's; and how long anything takes.
 */
import { createReadStream } from 'node:fs';
import { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { runFile } from '#cli/run-file.ts';
import { defineLab, type SendFunction } from '#measure/lab.ts';
import { type Block, countTransfers } from '#proof/copies/count-transfers.ts';
import { direct } from '#proof/copies/direct.ts';
import { vmsplice } from '#proof/copies/vmsplice.ts';
import { zeroCopySend } from '#proof/pages/msg-zerocopy.ts';
import { mmapWrite } from '#transfer/mmap-write.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';
import { splice } from '#transfer/splice.ts';
import { wholeFile } from '#transfer/whole-file.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** What a Node programmer writes: a read stream piped to the socket. */
const nodeStream: SendFunction = async ({ path }, descriptor, chunk) => {
  const socket = new Socket({ fd: descriptor, readable: false, writable: true });
  await pipeline(createReadStream(path, { highWaterMark: chunk }), socket);
  socket.destroy();
};

const senders = {
  'read-write': readWrite,
  'mmap-write': mmapWrite,
  sendfile: wholeFile(sendfile),
  splice,
  vmsplice,
  'direct-read-write': direct(readWrite),
  'sendfile-direct': direct(wholeFile(sendfile)),
  'msg-zerocopy': zeroCopySend,
  'node-stream': nodeStream,
};
const four = ['read-write', 'mmap-write', 'sendfile', 'splice'];

const blocks: readonly Block[] = [
  {
    variants: Object.keys(senders),
    links: ['tcp', 'unix', 'veth', 'veth-no-gather', 'veth-no-checksum'],
    receivers: ['read'],
    fileSystems: ['work folder'],
  },
  { variants: four, links: ['tcp'], receivers: ['discard', 'splice'], fileSystems: ['work folder'] },
  { variants: four, links: ['tcp'], receivers: ['read'], fileSystems: ['tmpfs'] },
];

const cost = { seconds: 60, diskBytes: MiB, memoryBytes: 300 * MiB };

const lab = defineLab({
  id: 'count-copies',
  kind: 'count',
  title: 'Four copies become two? Counting them in the kernel',
  question: 'How many times does the CPU copy each byte on its way from a file to a receiver?',
  first: null,
  shows: [
    'bytes copied in the kernel for each byte sent, by place and kernel function, for nine ways of sending',
    'where a copy comes back when the device cannot gather, and that the receiver copies too',
  ],
  leavesOut: [
    'memcpy inside the kernel, and copies inside a program: neither can be watched',
    'what a disk or a network card moves by itself (DMA)',
    'how long anything takes',
  ],
  needs: [
    {
      need: 'root, kprobes and hardware breakpoints on x86-64',
      without: 'it runs in a guest: --guest, which needs QEMU and no root',
      orGuest: true,
    },
    { need: 'iproute2', without: 'the three links over veth are left out' },
  ],
  variants: {
    'read-write': 'read + write',
    'mmap-write': 'mmap + write',
    sendfile: 'sendfile',
    splice: 'splice',
    vmsplice: 'mmap + vmsplice',
    'direct-read-write': 'read + write from O_DIRECT',
    'sendfile-direct': 'sendfile from O_DIRECT',
    'msg-zerocopy': 'mmap + send(MSG_ZEROCOPY)',
    'node-stream': 'Node stream',
  },
  baseline: 'read-write',
  cost: { quick: { ...cost, seconds: 30 }, default: cost, full: { ...cost, seconds: 120 } },
  senders,
  run: countTransfers((_, { request }) => ({
    blocks,
    rounds: { quick: 1, default: 2, full: 10 }[request.mode],
    bytes: request.mode === 'quick' ? 256 * KiB : MiB,
    chunk: 64 * KiB,
  })),
});

export default lab;

runFile(import.meta, lab);
