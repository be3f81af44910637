/**
 * The operating advice, tried.
 *
 * Shows: of each piece of advice what can be counted on one machine: when the kernel refuses another map area, and what a
 * broker holds for each segment however it sends it; what an alarm on memory sees when a file is read; what I/O wait says
 * beside a program that computes, and what pressure says; calls for one file with a send buffer that is set and one that the
 * kernel sizes; and disk reads of two processes with the same limit of memory, one of which keeps it as its heap.
 * Leaves out: Kafka itself, and whether the numbers that are advised are the right ones for it.
 */
import { runFile } from '#cli/run-file.ts';
import { prepareGroup, readBesideHeap } from '#measure/advice/heap-and-cache.ts';
import { waitForDisk } from '#measure/advice/io-wait.ts';
import { mapAreas } from '#measure/advice/map-areas.ts';
import { holdSegments } from '#measure/advice/segments.ts';
import { sendCalls } from '#measure/advice/send-calls.ts';
import { readOnce } from '#measure/advice/used-memory.ts';
import { defineLab } from '#measure/lab.ts';
import { makeSourceFile } from '#measure/source-file.ts';
import type { Task } from '#measure/task.ts';
import { countTasks } from '#measure/tasks.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';

const MiB = 2 ** 20;
/** Of the file that is read and sent. */
const FILE_BYTES = 96 * MiB;
/** Room for Node, a small heap and the file; not for a large heap and the file. */
const GROUP_BYTES = 256 * MiB;

/** Which variants belong to which advice; the first is what the others of its kind are compared with. */
const advice: Readonly<Record<string, Readonly<Record<string, Task>>>> = {
  'map areas': { 'one-page': mapAreas(false), 'pages-in-a-row': mapAreas(true) },
  partitions: { 'segments-copied': holdSegments(readWrite, 100), 'segments-sendfile': holdSegments(sendfile, 100) },
  memory: { 'file-read': readOnce },
  'I/O wait': {
    'disk-alone': waitForDisk(false, 1000, FILE_BYTES),
    'disk-beside-work': waitForDisk(true, 1000, FILE_BYTES),
  },
  'socket buffers': {
    'buffer-set': sendCalls('tcp-100k', FILE_BYTES),
    'buffer-tuned': sendCalls('tcp', FILE_BYTES),
  },
  heap: {
    'heap-small': readBesideHeap(16 * MiB, 3),
    'heap-large': readBesideHeap(192 * MiB, 3),
  },
};
const settings = Object.keys(advice).map((one) => ({ advice: one }));
const skip = (variant: string, factors: { readonly advice?: string | number }) =>
  !Object.hasOwn(advice[String(factors.advice)] ?? {}, variant);

const cost = { seconds: 20, diskBytes: 100 * MiB, memoryBytes: 400 * MiB };

const lab = defineLab({
  id: 'operating-advice',
  kind: 'count',
  title: 'The operating advice, tried',
  question: 'What of the advice on operating Kafka can be seen on one machine?',
  first: null,
  shows: [
    'when the kernel refuses another map area, and what a segment of a log costs in areas and descriptors',
    'what MemFree and MemAvailable say when a file is read once',
    'what I/O wait and pressure say of the same waiting, alone and beside a program that computes',
    'calls for one file with a send buffer of 100 KiB, and with one that the kernel sizes',
    'disk reads under the same limit of memory, with a small and with a large heap',
  ],
  leavesOut: ['Kafka itself', 'whether the numbers that are advised are right', 'how long anything takes'],
  needs: [
    { need: 'a memory control group that can be made (root)', without: 'the rows on the heap are left out' },
    { need: 'pressure stall information (CONFIG_PSI)', without: 'the rows on I/O wait are left out' },
  ],
  variants: {
    'one-page': 'one page, again and again',
    'pages-in-a-row': 'pages in a row',
    'segments-copied': 'segments by read + write',
    'segments-sendfile': 'segments by sendfile',
    'file-read': 'a file, read once',
    'disk-alone': 'disk, alone',
    'disk-beside-work': 'disk, beside work',
    'buffer-set': 'send buffer of 100 KiB',
    'buffer-tuned': 'send buffer, tuned',
    'heap-small': 'heap of 16 MiB',
    'heap-large': 'heap of 192 MiB',
  },
  baseline: 'one-page',
  tasks: Object.assign({}, ...Object.values(advice)) as Record<string, Task>,
  answer: {
    shape: 'facts',
    columns: [
      'extra.mapped',
      'extra.areasPerSegment',
      'extra.usedMoreBytes',
      'extra.availableLessBytes',
      'extra.waitShare',
      'extra.pressureShare',
      'extra.sendCalls',
      'extra.againBytes',
    ],
    says:
      'The kernel allows {one-page.extra.mapped} map areas here (vm.max_map_count is {one-page.extra.limit}); a segment ' +
      'takes {segments-sendfile.extra.areasPerSegment} of them by sendfile, and {segments-copied.extra.areasPerSegment} by ' +
      'copying. A file that is read takes {file-read.extra.usedMoreBytes} of free memory and ' +
      '{file-read.extra.availableLessBytes} of what is available. Beside work, I/O wait says ' +
      '{disk-beside-work.extra.waitShare} and pressure {disk-beside-work.extra.pressureShare}. One file takes ' +
      '{buffer-set.extra.sendCalls} calls with a send buffer of 100 KiB, and {buffer-tuned.extra.sendCalls} with a tuned ' +
      'one. Beside a large heap {heap-large.extra.againBytes} came from the disk again, beside a small one ' +
      '{heap-small.extra.againBytes}.',
  },
  quantities: {
    mapped: { title: 'areas', unit: 'count' },
    limit: { title: 'vm.max_map_count', unit: 'count' },
    refused: { title: 'refused', unit: 'yes-no' },
    areasPerSegment: { title: 'a segment', unit: 'count' },
    descriptorsPerSegment: { title: 'descriptors a segment', unit: 'count' },
    readBytes: { title: 'read', unit: 'bytes' },
    usedMoreBytes: { title: 'free less', unit: 'bytes' },
    availableLessBytes: { title: 'available less', unit: 'bytes' },
    waitShare: { title: 'I/O wait', unit: 'share' },
    pressureShare: { title: 'pressure', unit: 'share' },
    reads: { title: 'reads', unit: 'count' },
    sendCalls: { title: 'calls', unit: 'count' },
    firstBytes: { title: 'from disk at first', unit: 'bytes' },
    againBytes: { title: 'disk again', unit: 'bytes' },
  },
  factors: { advice: '{}' },
  cost: { quick: cost, default: { ...cost, seconds: 40 }, full: { ...cost, seconds: 100 } },
  run: countTasks(
    {
      quick: { rounds: 2, settings, skip },
      default: { rounds: 7, settings, skip },
      full: { rounds: 21, settings, skip },
    },
    {
      cache: 'both',
      prepare(session) {
        makeSourceFile(session.folder, FILE_BYTES, session.request.seed);
        prepareGroup(session, GROUP_BYTES);
      },
    },
  ),
});

export default lab;

runFile(import.meta, lab);
