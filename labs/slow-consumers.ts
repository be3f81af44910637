/**
 * What does one more slow consumer cost in memory and CPU?
 *
 * Shows: the memory that a machine holds, and the CPU time it spends, when a server has sent the same file to 1, 50 or 200
 * consumers that do not read yet: by reading and writing, and by sendfile.
 * Leaves out: what it costs when they read after all, consumers on other machines, and files that are not in memory.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { fillQueues, makeSharedFile } from '#measure/stalled-consumers.ts';
import { timeTasks } from '#measure/tasks.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** Every number of consumers with every size of message. */
const crowds = (counts: readonly number[], messages: readonly number[]) =>
  messages.flatMap((chunk) => counts.map((consumers) => ({ link: 'tcp', consumers, chunk })));

const lab = defineLab({
  id: 'slow-consumers',
  kind: 'time',
  title: 'What one more slow consumer costs',
  question: 'What does one more slow consumer cost in memory and CPU?',
  first: 4,
  shows: [
    'memory that is gone from the machine while the queues of 1 to 200 consumers are full, by reading and writing and by sendfile',
    'CPU time to fill those queues, in messages of 64 KiB and of 1 KiB',
  ],
  leavesOut: [
    'what it costs when the consumers read after all',
    'consumers on other machines, and the memory of their side',
    'files that are not in memory',
  ],
  needs: [
    { need: 'sockets whose queue takes 1 MiB', without: 'it cannot run with more than they take: --size' },
    { need: 'some 500 MiB of free memory', without: 'the larger numbers of consumers are left out' },
  ],
  variants: { 'read-write': 'read + write', sendfile: 'sendfile' },
  tasks: { 'read-write': fillQueues(readWrite), sendfile: fillQueues(sendfile) },
  baseline: 'read-write',
  answer: { shape: 'growth', measure: 'extra.memoryBytes', per: 'sample', along: 'consumers' },
  quantities: {
    memoryBytes: { title: 'Memory held', unit: 'bytes' },
    fillCpuNs: { title: 'CPU to fill all queues once', unit: 'ns' },
    queuedBytes: { title: 'Charged to TCP queues', unit: 'bytes' },
    availableBytes: { title: 'MemAvailable fell by', unit: 'bytes' },
    processBytes: { title: 'Grown in the process', unit: 'bytes' },
    operations: { title: 'Times all queues were filled', unit: 'count' },
  },
  factors: { consumers: '{} consumers' },
  cost: {
    quick: { seconds: 20, diskBytes: MiB, memoryBytes: 500 * MiB },
    default: { seconds: 90, diskBytes: MiB, memoryBytes: 500 * MiB },
    full: { seconds: 240, diskBytes: MiB, memoryBytes: 500 * MiB },
  },
  run: timeTasks(
    {
      quick: { rounds: 9, settings: crowds([50, 200], [64 * KiB]) },
      default: {
        rounds: 11,
        settings: [...crowds([1, 10, 50, 100, 200], [64 * KiB]), ...crowds([1, 50, 200], [KiB])],
      },
      full: { rounds: 21, settings: crowds([1, 10, 50, 100, 200], [64 * KiB, KiB]) },
    },
    // What one sample leaves behind in the kernel's lists would be missing in the next.
    { prepare: makeSharedFile, freshProcess: true },
  ),
});

export default lab;

runFile(import.meta, lab);
