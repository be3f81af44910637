/**
 * Which operations of JavaScript copy?
 *
 * Shows: for each way to get bytes from bytes whether what comes out is the same memory or a copy, by writing through the
 * one and looking at the other; whether the source is used up; and how long one operation takes, for small and large bytes.
 * The operations are those of src/model/javascript-copies.ts, which a browser runs unchanged, and some of Node's.
 * Leaves out: strings, whose every way from and to bytes copies; another thread at the end of a message; sockets and files,
 * where Node has no sendfile at all.
 */
import { runFile } from '#cli/run-file.ts';
import { byteOperation, nodeOperations } from '#measure/byte-operations.ts';
import { defineLab } from '#measure/lab.ts';
import { timeTasks } from '#measure/tasks.ts';
import { type Operation, operations } from '#model/javascript-copies.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

const all: Readonly<Record<string, Operation>> = { ...operations, ...nodeOperations };

/** As many as take some milliseconds where bytes are copied. */
const times = (bytes: number) => (bytes > 256 * KiB ? 24 : 256);
const settings = [{ bytes: 64 * KiB }, { bytes: MiB }];

const cost = { seconds: 20, diskBytes: 64 * KiB, memoryBytes: 400 * MiB };

const lab = defineLab({
  id: 'javascript-copies',
  kind: 'time',
  title: 'Which operations of JavaScript copy',
  question: 'Which operations of JavaScript copy bytes, and which hand on the memory?',
  first: null,
  shows: [
    'for each operation whether its result is the same memory, by writing through the one and reading the other',
    'whether the source can still be used, and how long one operation takes for 64 KiB and for 1 MiB',
  ],
  leavesOut: [
    'strings: every way from and to bytes copies',
    'another thread at the end of a message: what is posted here arrives in the same one',
    'sockets and files',
  ],
  needs: [],
  variants: Object.fromEntries(Object.entries(all).map(([name, { title }]) => [name, title])),
  baseline: 'slice',
  tasks: Object.fromEntries(Object.entries(all).map(([name, operation]) => [name, byteOperation(operation, times)])),
  answer: {
    shape: 'facts',
    columns: ['extra.copies', 'extra.detaches', 'extra.eachNs'],
    says:
      'slice() takes {slice[bytes=1048576].extra.eachNs} for 1 MiB and copies; subarray() takes ' +
      '{subarray[bytes=1048576].extra.eachNs} and does not. Transferred, structuredClone() takes ' +
      '{clone-transfer[bytes=1048576].extra.eachNs} instead of {structured-clone[bytes=1048576].extra.eachNs}.',
  },
  quantities: {
    operations: { title: 'operations', unit: 'count' },
    copies: { title: 'copies', unit: 'yes-no' },
    detaches: { title: 'source used up', unit: 'yes-no' },
    eachNs: { title: 'each takes', unit: 'ns' },
  },
  factors: { bytes: '{}' },
  cost: { quick: cost, default: { ...cost, seconds: 40 }, full: { ...cost, seconds: 80 } },
  run: timeTasks({
    quick: { rounds: 9, settings: [{ bytes: MiB }] },
    default: { rounds: 21, settings },
    full: { rounds: 41, settings },
  }),
});

export default lab;

runFile(import.meta, lab);
