/**
 * Sequential or random, cached or not: what makes it fast?
 *
 * Shows: the same bytes of a file that is on disk and not in memory, read in order and at random, with reading ahead and
 * without, in requests of 4 KiB and of 1 MiB, through the page cache and past it; what is in memory afterwards, also after a
 * sendfile; and what is dirty after writing, before and after fsync.
 * Leaves out: spinning disks, several readers at once, files larger than memory, and disks of a machine of its own.
 */
import { join } from 'node:path';
import { runFile } from '#cli/run-file.ts';
import { fadvise, fileAdvice, fstat, Mapping, open, statfs } from '#libc';
import { openDirect } from '#machine/open-direct.ts';
import { startDrain } from '#measure/drain.ts';
import { defineLab } from '#measure/lab.ts';
import { cachedBytes, type Order, offsetsIn, sendFromDisk, writeAndSync } from '#measure/page-cache-scenes.ts';
import { affordable } from '#measure/session.ts';
import { evict, makeSourceFile } from '#measure/source-file.ts';
import type { PreparedTask, Task, TaskSetting } from '#measure/task.ts';
import { timeTasks } from '#measure/tasks.ts';
import { preadWhole } from '#measure/whole.ts';
import type { Factors } from '#model/result.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const SMALL = 4 * KiB;

/** How a file is read: bytes of a request, in which order, and whether the kernel reads ahead or is passed by. */
interface Way {
  readonly request: number;
  readonly order: Order;
  readonly how: 'read ahead' | 'no reading ahead' | 'O_DIRECT';
}

const ways: Readonly<Record<string, Way>> = {
  sequential: { request: SMALL, order: 'sequential', how: 'read ahead' },
  random: { request: SMALL, order: 'random', how: 'read ahead' },
  'sequential-no-readahead': { request: SMALL, order: 'sequential', how: 'no reading ahead' },
  'direct-sequential': { request: SMALL, order: 'sequential', how: 'O_DIRECT' },
  'direct-random': { request: SMALL, order: 'random', how: 'O_DIRECT' },
  'direct-sequential-1m': { request: MiB, order: 'sequential', how: 'O_DIRECT' },
  'direct-random-1m': { request: MiB, order: 'random', how: 'O_DIRECT' },
};

/** Reads every byte of the file once, from the disk, and adds up a number of each page. */
function read({ request, order, how }: Way, path: string, { folder, seed }: TaskSetting): PreparedTask {
  evict(path);
  const file = how === 'O_DIRECT' ? openDirect(path, statfs(folder).fileSystem) : open(path);
  if (how === 'no reading ahead') fadvise(file.fd, fileAdvice.random);
  const { size } = fstat(file.fd);
  const offsets = offsetsIn(size, request, order, seed);
  const buffer = Mapping.anonymous(request);
  const view = buffer.view().fill(1);
  return {
    run() {
      let sum = 0;
      for (const offset of offsets) {
        const count = Math.min(request, size - offset);
        preadWhole(file.fd, buffer.address, count, offset);
        for (let page = 0; page < count; page += SMALL) sum += view.readUInt16LE(page);
      }
      return { bytes: size, check: String(sum), calls: { pread: offsets.length } };
    },
    after: (work) => ({ ...work, extra: { operations: offsets.length, cachedBytes: cachedBytes(path) } }),
    [Symbol.dispose]() {
      file[Symbol.dispose]();
      buffer[Symbol.dispose]();
    },
  };
}

function task(variant: string, way: Way | undefined): Task {
  return (setting) => {
    const path = join(setting.folder, 'source.bin');
    if (setting.factors.does === 'sending') return sendFromDisk(way ? 'read' : 'sendfile', path, setting);
    if (!way) throw new Error(`Cannot ${setting.factors.does} by ${variant}`);
    return setting.factors.does === 'writing' ? writeAndSync(path, way.order, setting) : read(way, path, setting);
  };
}

const amount = {
  settings: ['reading', 'writing', 'sending'].map((does) => ({ does })),
  skip: (variant: string, { does }: Factors) =>
    does === 'sending'
      ? !['sequential', 'sendfile'].includes(variant)
      : variant === 'sendfile' || (does === 'writing' && !['sequential', 'random'].includes(variant)),
};
const bytes = { quick: 8 * MiB, default: 16 * MiB, full: 64 * MiB };
const cost = { diskBytes: bytes.default, memoryBytes: 300 * MiB };

const lab = defineLab({
  id: 'sequential-read',
  kind: 'time',
  title: 'Sequential or random: what makes it fast',
  question: 'Sequential or random, read ahead or not, cached or past the cache: what makes reading fast?',
  first: null,
  shows: [
    'time to read a file from the disk in order and at random, with reading ahead and without, by 4 KiB and by 1 MiB',
    'what is in memory after reading, after O_DIRECT and after a sendfile',
    'time to write it in order and at random and to sync it, and what is dirty before and after',
  ],
  leavesOut: ['spinning disks', 'several readers at once', 'files larger than memory', 'caches of the disk itself'],
  needs: [
    {
      need: 'a work folder on a disk, which allows O_DIRECT',
      without: 'reading from the disk or past the cache is left out',
    },
    { need: 'cachestat (Linux 6.5)', without: 'writing is left out: nobody can tell what is dirty' },
  ],
  variants: {
    sequential: 'in order',
    random: 'at random',
    'sequential-no-readahead': 'in order, no read-ahead',
    'direct-sequential': 'O_DIRECT, in order',
    'direct-random': 'O_DIRECT, at random',
    'direct-sequential-1m': 'O_DIRECT 1 MiB, in order',
    'direct-random-1m': 'O_DIRECT 1 MiB, at random',
    sendfile: 'sendfile',
  },
  tasks: {
    ...Object.fromEntries(Object.entries(ways).map(([variant, way]) => [variant, task(variant, way)])),
    sendfile: task('sendfile', undefined),
  },
  baseline: 'sequential',
  answer: { shape: 'ratio', measure: 'wallNs', per: 'GiB' },
  quantities: {
    operations: { title: 'requests', unit: 'count' },
    cachedBytes: { title: 'in memory afterwards', unit: 'bytes' },
    dirtyBytes: { title: 'dirty before fsync', unit: 'bytes' },
    leftDirtyBytes: { title: 'dirty after fsync', unit: 'bytes' },
  },
  factors: { does: '{}' },
  cost: {
    quick: { ...cost, seconds: 20 },
    default: { ...cost, seconds: 60 },
    full: { ...cost, diskBytes: bytes.full, seconds: 300 },
  },
  run: timeTasks(
    { quick: { ...amount, rounds: 9 }, default: { ...amount, rounds: 15 }, full: { ...amount, rounds: 15 } },
    {
      cache: 'cold',
      async prepare(session) {
        const { request, folder, work } = session;
        const size = affordable(request.bytes ?? bytes[request.mode], work);
        // Past the page cache only whole blocks are read.
        makeSourceFile(folder, Math.ceil(size / SMALL) * SMALL, request.seed);
        await startDrain(session);
      },
    },
  ),
});

export default lab;

runFile(import.meta, lab);
