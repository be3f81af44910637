/**
 * Is a warm reply sooner with zero copy?
 *
 * Shows: how long replies of 100 bytes and of 64 KiB take, from the start that was planned for each request at a fixed rate,
 * when a server sends them by reading and writing, and by sendfile.
 * Leaves out: a network, waking up (server and client spin), files that are not in memory, many clients at once, and
 * everything that a message broker waits for.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { timeReplies } from '#measure/replies.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** A short message, and one answer of a broker to a consumer that has caught up. */
const replies = [100, 64 * KiB];

const lab = defineLab({
  id: 'latency',
  kind: 'time',
  title: 'Is a warm reply sooner?',
  question: 'Is a reply from memory sooner with zero copy?',
  first: null,
  shows: [
    'how long replies of 100 bytes and of 64 KiB take: the middle and the tail, at 2,000 requests a second over one connection',
    'each from the start that was planned for its request, so that waiting behind a slow reply counts as well',
  ],
  leavesOut: [
    'a network and its round trips',
    'waking up: server and client spin, for that takes longer than a reply, and varies more',
    'files that are not in memory: the lab cold-read',
    'many clients at once',
    'what a message broker waits for: batches, other replicas, flushing',
  ],
  needs: [],
  variants: { 'read-write': 'read + write', sendfile: 'sendfile' },
  senders: { 'read-write': readWrite, sendfile },
  baseline: 'read-write',
  answer: { shape: 'distribution' },
  quantities: { operations: { title: 'Requests', unit: 'count' } },
  factors: { bytes: 'replies of {}' },
  cost: {
    quick: { seconds: 20, diskBytes: 8 * MiB, memoryBytes: 200 * MiB },
    default: { seconds: 60, diskBytes: 8 * MiB, memoryBytes: 200 * MiB },
    full: { seconds: 220, diskBytes: 8 * MiB, memoryBytes: 200 * MiB },
  },
  run: timeReplies({
    quick: { rounds: 101, replies, requests: 30 },
    default: { rounds: 61, replies, requests: 250 },
    full: { rounds: 31, replies: [100, 4 * KiB, 16 * KiB, 64 * KiB], requests: 1000 },
  }),
});

export default lab;

runFile(import.meta, lab);
