/**
 * What does copying do to everybody else's CPU cache?
 *
 * Shows: how long an access to somebody else's memory takes, on the same core, after 1 MiB was moved from a file to a socket
 * by reading and writing, by sendfile, or not at all.
 * Leaves out: the receiver's copies, caches that cores share, what a network card reads, and hardware counters: the clock
 * tells it all.
 */
import { runFile } from '#cli/run-file.ts';
import { walkAfter } from '#measure/cache-walk.ts';
import { defineLab } from '#measure/lab.ts';
import { makeSharedFile } from '#measure/stalled-consumers.ts';
import { timeTasks } from '#measure/tasks.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** Memory of somebody who runs on the same core: some of it fits into a cache of its own, some does not. */
const settings = [256 * KiB, MiB, 4 * MiB].map((workingBytes) => ({ workingBytes }));

const lab = defineLab({
  id: 'cpu-cache',
  kind: 'time',
  title: "What copying does to everybody else's cache",
  question: "What does copying do to everybody else's CPU cache?",
  first: null,
  shows: [
    'how long an access to a working set of 256 KiB, 1 MiB and 4 MiB takes, after 1 MiB was moved from a file to a socket',
    'the same after nothing was moved, and what the walk costs when everything lies in the innermost cache',
  ],
  leavesOut: [
    "the receiver's copies: what was moved is thrown away",
    'caches that several cores share, and what a network card reads',
    'hardware counters, which most virtual machines hide',
  ],
  needs: [{ need: 'a socket whose queue takes 1 MiB', without: 'it cannot run with more than it takes: --size' }],
  variants: { 'read-write': 'read + write', sendfile: 'sendfile', nothing: 'nothing moved' },
  tasks: { 'read-write': walkAfter(readWrite), sendfile: walkAfter(sendfile), nothing: walkAfter(null) },
  baseline: 'read-write',
  answer: { shape: 'ratio', measure: 'extra.nsPerAccess', per: 'sample' },
  quantities: {
    nsPerAccess: { title: 'time an access', unit: 'ns' },
    floorNsPerAccess: { title: 'time an access in the innermost cache', unit: 'ns' },
    movedBytes: { title: 'moved between the walks', unit: 'bytes' },
    operations: { title: 'walks', unit: 'count' },
  },
  factors: { workingBytes: 'a working set of {}' },
  cost: {
    quick: { seconds: 15, diskBytes: MiB, memoryBytes: 150 * MiB },
    default: { seconds: 25, diskBytes: MiB, memoryBytes: 150 * MiB },
    full: { seconds: 50, diskBytes: MiB, memoryBytes: 150 * MiB },
  },
  run: timeTasks(
    {
      quick: { rounds: 9, settings },
      default: { rounds: 21, settings },
      full: { rounds: 41, settings },
    },
    { prepare: makeSharedFile },
  ),
});

export default lab;

runFile(import.meta, lab);
