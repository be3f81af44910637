/**
 * Which of Java's ways to send a file reach sendfile?
 *
 * Shows: for each way that labs/java/Send.java has, run as one source file without a build, the system calls that carried
 * the file, as strace saw them. transferTo is a ladder: sendfile, else a mapping, else a loop with a buffer, and nothing
 * says on which rung it stands. And one call of it on a file of 3 GiB, of which nobody looks at the result.
 * Leaves out: how long anything takes; copies inside Java, which are no calls (a buffer in the heap is copied to one
 * outside of it before each write); TLS, which transferTo does not know.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { countSends } from './java/count-sends.ts';

const MiB = 2 ** 20;
const GiB = 2 ** 30;

const cost = { seconds: 30, diskBytes: 128 * MiB, memoryBytes: 500 * MiB };

const lab = defineLab({
  id: 'java-nio',
  kind: 'count',
  beside: true,
  title: "Java's ways to send a file, and their system calls",
  question: "Which of Java's ways to send a file reach sendfile, and what do the others do?",
  first: null,
  shows: [
    'the system calls that carry the file in each way, by strace, and that every byte arrived',
    'what transferTo falls back to: on a channel of your own, and on a file opened for append',
    'how much of 3 GiB one call of transferTo transfers',
  ],
  leavesOut: [
    'how long anything takes',
    'copies inside Java: a buffer in the heap is copied to one outside of it, without any call',
    'TLS: transferTo does not know it',
  ],
  needs: [
    { need: 'strace, and leave to trace', without: 'nothing of it can run' },
    { need: 'a JDK, 17 or newer', without: 'nothing of it can run' },
  ],
  variants: {
    heap: 'heap buffer',
    direct: 'direct buffer',
    mapped: 'MappedByteBuffer',
    'transfer-to': 'transferTo',
    'transfer-to-polling': 'transferTo, non-blocking',
    'transfer-to-wrapped': 'transferTo, wrapped channel',
    'transfer-to-file': 'transferTo to a file',
    'transfer-to-append': 'transferTo to a file for append',
    'transfer-to-once': 'transferTo of 3 GiB, once',
  },
  baseline: 'heap',
  answer: {
    shape: 'facts',
    columns: [
      'extra.transfers',
      'extra.sendfileCalls',
      'extra.copyRangeCalls',
      'extra.readCalls',
      'extra.writeCalls',
      'extra.mapCalls',
    ],
    says:
      'By transferTo to a socket, sendfile carries {transfer-to.extra.sendfileBytes} of {transfer-to.extra.askedBytes}; ' +
      'with a channel of your own around that socket, {transfer-to-wrapped.extra.sendfileBytes}: it takes ' +
      '{transfer-to-wrapped.extra.readCalls} reads and {transfer-to-wrapped.extra.writeCalls} writes. ' +
      'Asked for {transfer-to-once.extra.askedBytes}, one call transfers {transfer-to-once.extra.sentBytes} and says nothing.',
  },
  quantities: {
    transfers: { title: 'calls in Java', unit: 'count' },
    sendfileCalls: { title: 'sendfile', unit: 'count' },
    copyRangeCalls: { title: 'copy_file_range', unit: 'count' },
    readCalls: { title: 'reads', unit: 'count' },
    writeCalls: { title: 'writes', unit: 'count' },
    mapCalls: { title: 'mmap', unit: 'count' },
    refusedCalls: { title: 'calls refused', unit: 'count' },
    askedBytes: { title: 'asked for', unit: 'bytes' },
    sentBytes: { title: 'transferred', unit: 'bytes' },
    sendfileBytes: { title: 'carried by sendfile', unit: 'bytes' },
    leftMapped: { title: 'mapped after the channel was closed', unit: 'yes-no' },
  },
  factors: { target: 'to {}' },
  cost: { quick: cost, default: { ...cost, seconds: 40 }, full: { ...cost, seconds: 120 } },
  run: countSends({
    goals: {
      'transfer-to-file': 'file',
      'transfer-to-append': 'file',
      'transfer-to-once': 'nowhere',
    },
    bytes: { quick: 16 * MiB, default: 64 * MiB, full: 64 * MiB },
    sparseBytes: 3 * GiB,
    rounds: { quick: 1, default: 1, full: 3 },
  }),
});

export default lab;

runFile(import.meta, lab);
