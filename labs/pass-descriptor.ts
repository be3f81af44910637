/**
 * Pass the bytes to another process, or the file that holds them?
 *
 * Shows: what it costs to hand content to another process over AF_UNIX: by its bytes, which are copied in and out, and by the
 * descriptor of a sealed file in memory, which the receiver maps; for content of several sizes. The receiver looks through
 * all of it, or at the last page only.
 * Leaves out: another machine, to which no descriptor can be passed; content that is not in a file to begin with.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { passFile, passing, sendBytes } from '#measure/passing.ts';
import { timeTasks } from '#measure/tasks.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** How often in a sample: enough for the cheapest way to take 5 ms. */
const timesOf = (pages: number) => (pages < 16 ? 3000 : pages < 64 ? 800 : 400);
const sizes = (...pages: readonly number[]) => pages.map((one) => ({ pages: one }));

const cost = { seconds: 15, diskBytes: 64 * KiB, memoryBytes: 120 * MiB };

const lab = defineLab({
  id: 'pass-descriptor',
  kind: 'time',
  title: 'Passing the file instead of its bytes',
  question: 'What does it cost to hand content to another process, by its bytes and by its file?',
  first: null,
  shows: [
    'CPU time of both ends together, by the size of the content in pages of 4 KiB',
    'that a file which was sealed before it is passed can be trusted: nobody can write it, or cut it under the mapping',
  ],
  leavesOut: [
    'another machine, to which no descriptor can be passed',
    'content that does not lie in a file to begin with',
    'two processes: both ends take turns in one, and nobody waits',
  ],
  needs: [{ need: 'memfd_create and its seals (Linux 3.17)', without: 'nothing of it can run' }],
  variants: {
    bytes: 'write + read',
    file: 'descriptor',
    'file-end': 'descriptor, end read',
  },
  baseline: 'bytes',
  tasks: {
    bytes: passing(sendBytes, timesOf),
    file: passing(passFile(true), timesOf),
    'file-end': passing(passFile(false), timesOf),
  },
  answer: { shape: 'growth', measure: 'totalCpuNs', per: 'operation', along: 'pages' },
  quantities: { operations: { title: 'times handed over', unit: 'count' } },
  factors: { pages: '{} pages' },
  cost: {
    quick: cost,
    default: { ...cost, seconds: 90 },
    full: { ...cost, seconds: 180 },
  },
  run: timeTasks({
    quick: { rounds: 9, settings: sizes(4, 32, 256) },
    default: { rounds: 15, settings: sizes(4, 16, 64, 256, 1024) },
    full: { rounds: 31, settings: sizes(4, 16, 64, 256, 1024) },
  }),
});

export default lab;

runFile(import.meta, lab);
